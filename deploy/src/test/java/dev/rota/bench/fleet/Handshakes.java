package dev.rota.bench.fleet;

import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Trust;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Nothing but connections that are encrypted and closed again: one thread on each side. */
public final class Handshakes {
    private static final int AT_A_TIME = 200;
    private static final long WITHIN_SECONDS = 120;

    private Handshakes() {}

    /** How long it takes to shake hands once with every identity. */
    public static double seconds(Credentials server, Path ca, Identities identities)
            throws IOException, InterruptedException {
        EventLoopGroup serving = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup calling = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel listening = listen(serving, context(server, ca));
            InetSocketAddress to = (InetSocketAddress) listening.localAddress();
            Semaphore free = new Semaphore(AT_A_TIME);
            CountDownLatch left = new CountDownLatch(identities.all().size());
            long start = System.nanoTime();
            for (Identities.Identity identity : identities.all()) {
                if (!free.tryAcquire(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("no handshake ended within " + WITHIN_SECONDS + " s");
                }
                call(calling, to, identity, () -> {
                    free.release();
                    left.countDown();
                });
            }
            if (!left.await(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(left.getCount() + " handshakes did not end");
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            calling.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
            serving.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
        }
    }

    private static SslContext context(Credentials own, Path ca) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        Identities.stream(own.certificate()), Identities.stream(own.key()))
                .trustManager(Trust.in(ca))
                .clientAuth(ClientAuth.REQUIRE);
        return GrpcSslContexts.configure(builder, SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .build();
    }

    private static Channel listen(EventLoopGroup group, SslContext context) throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(context.newHandler(channel.alloc()));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static void call(EventLoopGroup group, InetSocketAddress to, Identities.Identity identity, Runnable ended) {
        Object unused = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = identity.context().newHandler(channel.alloc());
                        channel.pipeline().addLast(handler);
                        Object unused = handler.handshakeFuture().addListener(done -> {
                            ended.run();
                            Object unusedClose = channel.close();
                        });
                    }
                })
                .connect(to);
    }
}
