package dev.rota.coordinator.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Channels to other coordinators over mutual TLS 1.3. The other side must be what its address says, by a server's certificate of the authority. */
public final class PeerChannels implements PeerClients.Connector {
    private static final int CONNECT_LIMIT_MS = 5000;
    private static final long KEEP_ALIVE_SECONDS = 10;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 5;

    private final SslContext context;

    /**
     * Uses these files.
     *
     * @throws IOException when they cannot be used
     */
    public PeerChannels(TlsFiles tls) throws IOException {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .trustManager(tls.ca().toFile())
                    .keyManager(tls.certificate().toFile(), tls.key().toFile());
            this.context = GrpcSslContexts.configure(
                            builder, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("the TLS files cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public ManagedChannel connect(String address) {
        return NettyChannelBuilder.forTarget("dns:///" + address)
                .sslContext(context)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(GrpcServer.MAX_MESSAGE_BYTES)
                .disableRetry()
                .build();
    }
}
