package dev.rota.bench.fleet;

import dev.rota.coordinator.security.Authority;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Trust;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for each node. */
public final class Identities {
    /** A node and what its agent shows. */
    record Identity(String node, SslContext context) {}

    private final List<Identity> all;

    private Identities(List<Identity> all) {
        this.all = all;
    }

    /** Makes them, on all processors. */
    public static Identities issue(Authority authority, Path ca, List<String> nodes) throws IOException {
        TrustManagerFactory trust = Trust.in(ca);
        return new Identities(nodes.parallelStream()
                .map(node -> new Identity(node, context(authority, node, trust)))
                .toList());
    }

    List<Identity> all() {
        return all;
    }

    private static SslContext context(Authority authority, String node, TrustManagerFactory trust) {
        try {
            return context(authority.issueAgent(node), trust);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For one who shows these credentials and trusts that authority. */
    public static SslContext context(Credentials own, Path ca) throws IOException {
        return context(own, Trust.in(ca));
    }

    private static SslContext context(Credentials own, TrustManagerFactory trust) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(trust)
                .keyManager(stream(own.certificate()), stream(own.key()));
        return GrpcSslContexts.configure(builder, SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .build();
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
