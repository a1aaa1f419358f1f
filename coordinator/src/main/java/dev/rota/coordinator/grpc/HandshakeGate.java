package dev.rota.coordinator.grpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes a new connection only when another one's handshake has ended; the rest wait in the kernel's queue, first come, first served. When a
 * whole fleet comes back at once, some are served at any moment; without, all would be begun and none be done before agents give up.
 */
final class HandshakeGate extends ServerTransportFilter {
    /** With 200 ms to an agent and back that is still some 400 connections a second. */
    private static final int MAX_UNDER_WAY = 256;
    /** So long a connection counts that stays silent: it must not keep others out. */
    private static final long LONGEST_MS = 1000;

    private final Set<SocketAddress> underWay = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Channel listening;

    /** Guards what this socket accepts. */
    <C extends Channel> C guard(C serverChannel) {
        serverChannel.pipeline().addLast(new Accepting());
        return serverChannel;
    }

    private final class Accepting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            listening = context.channel();
            Channel accepted = (Channel) message;
            SocketAddress from = accepted.remoteAddress();
            if (from != null) {
                underWay.add(from);
                Object unused = accepted.closeFuture().addListener(closed -> ended(from));
                Object unusedToo = context.executor().schedule(() -> ended(from), LONGEST_MS, TimeUnit.MILLISECONDS);
                if (underWay.size() >= MAX_UNDER_WAY) {
                    context.channel().config().setAutoRead(false);
                }
            }
            context.fireChannelRead(message);
        }
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        SocketAddress from = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (from != null) {
            ended(from);
        }
        return attributes;
    }

    /** On the listening socket's own thread it goes on accepting after what made it stop. */
    private void ended(SocketAddress from) {
        Channel socket = listening;
        if (underWay.remove(from) && underWay.size() < MAX_UNDER_WAY && socket != null) {
            socket.eventLoop().execute(() -> socket.config().setAutoRead(true));
        }
    }
}
