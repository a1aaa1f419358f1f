package dev.rota.coordinator.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that read and write connections, and the socket that takes them through a {@link HandshakeGate}. */
final class Sockets implements AutoCloseable {
    private final EventLoopGroup accepting = group("accept", 1);
    private final EventLoopGroup serving =
            group("serve", Math.max(2, Runtime.getRuntime().availableProcessors()));
    private final HandshakeGate gate = new HandshakeGate();

    private static EventLoopGroup group(String name, int threads) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
    }

    /** Has the server use them. */
    void configure(NettyServerBuilder builder) {
        builder.bossEventLoopGroup(accepting)
                .workerEventLoopGroup(serving)
                .channelFactory(this::open)
                .addTransportFilter(gate);
    }

    private ServerChannel open() {
        return Epoll.isAvailable()
                ? gate.guard(new EpollServerSocketChannel())
                : gate.guard(new NioServerSocketChannel());
    }

    /** Ends the threads; the server must have stopped before. */
    @Override
    public void close() {
        Object unused = accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        Object unusedToo = serving.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
