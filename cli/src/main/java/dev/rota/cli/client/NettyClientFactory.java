package dev.rota.cli.client;

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
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Clients over mutual TLS 1.3. */
public final class NettyClientFactory implements ClientFactory {
    private final Pacer pacer;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** A coordinator that is gone without a word is noticed within about this time and the next constant together. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    /** A list of thousands of nodes, or a rollout with all their steps, is one message. */
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    /** {@code pacer} waits while there is no leader. */
    public NettyClientFactory(Pacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public OperatorClient open(Target target) {
        SslContext tls = tls(target);
        // A loop of our own, closed before the program ends: a shared one that is still polling holds up the exit by
        // 300 ms.
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("rota-client", true), NioIoHandler.newFactory());
        List<String> addresses =
                target.coordinators().stream().map(Address::toString).toList();
        Endpoints endpoints = new Endpoints(
                addresses, target.identity().toString(), address -> channel(Address.parse(address), tls, loop), pacer);
        return new GrpcOperatorClient(endpoints, target.timeout(), () -> close(loop));
    }

    private static ManagedChannel channel(Address address, SslContext tls, EventLoopGroup loop) {
        return NettyChannelBuilder.forAddress(address.host(), address.port())
                .sslContext(tls)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(CONNECT_LIMIT.toMillis()))
                .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .disableRetry()
                .build();
    }

    private static SslContext tls(Target target) {
        Identity identity = Identity.in(target.identity());
        try {
            return GrpcSslContexts.configure(
                            GrpcSslContexts.forClient(), OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .trustManager(identity.ca().toFile())
                    .keyManager(identity.cert().toFile(), identity.key().toFile())
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw Identity.unusable(target.identity(), String.valueOf(e.getMessage()));
        }
    }

    private static void close(EventLoopGroup loop) {
        loop.shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_LIMIT.toMillis());
    }
}
