package dev.rota.agent.link;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Channels over mutual TLS 1.3, all on one event loop. Certificates that were renewed on disk are used from the next connection on. */
public final class TlsChannels implements ChannelFactory, AutoCloseable {
    /** Bytes a coordinator may have sent that were not read yet. */
    public static final int FLOW_CONTROL_WINDOW = 1024 * 1024;

    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;
    private static final int CONNECT_LIMIT_MS = 5_000;

    private final File ca;
    private final File certificate;
    private final File key;
    private final EventLoopGroup eventLoop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("net", true), NioIoHandler.newFactory());
    private @Nullable SslContext context;
    private List<Long> contextOf = List.of();

    /** Uses these PEM files. */
    public TlsChannels(File ca, File certificate, File key) {
        this.ca = ca;
        this.certificate = certificate;
        this.key = key;
    }

    @Override
    public ManagedChannel open(String coordinator, Executor executor) throws IOException {
        return NettyChannelBuilder.forTarget("dns:///" + coordinator)
                .eventLoopGroup(eventLoop)
                .channelType(NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MS)
                .sslContext(context())
                .executor(executor)
                .offloadExecutor(executor)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .disableRetry()
                .disableServiceConfigLookUp()
                .build();
    }

    private synchronized SslContext context() throws IOException {
        List<Long> changed = List.of(ca.lastModified(), certificate.lastModified(), key.lastModified());
        SslContext known = context;
        if (known != null && contextOf.equals(changed)) {
            return known;
        }
        try {
            // the JDK's own TLS is several times slower to connect
            SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
            SslContextBuilder builder =
                    SslContextBuilder.forClient().trustManager(ca).keyManager(certificate, key);
            SslContext fresh = GrpcSslContexts.configure(builder, provider)
                    .protocols("TLSv1.3")
                    .build();
            context = fresh;
            contextOf = changed;
            return fresh;
        } catch (IllegalArgumentException e) {
            throw new IOException("certificate files cannot be used: " + e.getMessage(), e);
        }
    }

    /** Ends the event loop at once; waiting for its quiet period would only delay the exit. */
    @Override
    public void close() {
        eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
