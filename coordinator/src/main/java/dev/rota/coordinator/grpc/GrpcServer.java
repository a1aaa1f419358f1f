package dev.rota.coordinator.grpc;

import dev.rota.coordinator.security.OwnCertificate;
import dev.rota.coordinator.security.PrivateFiles;
import dev.rota.coordinator.security.Trust;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves gRPC over TLS 1.3. Every peer must show a certificate of the authority that carries a Rota identity; there is no other
 * way in.
 */
public final class GrpcServer implements AutoCloseable {
    /** Biggest message that is accepted. */
    public static final int MAX_MESSAGE_BYTES = 4 << 20;
    /** Most connections that are served at a time: those of 10,000 agents, each perhaps with a dead one before it, and of operators. */
    public static final int MAX_CONNECTIONS = 20_500;

    private static final int MAX_METADATA_BYTES = 8 << 10;
    /**
     * What a call may have sent that was not read yet: 80 MB/s of an upload with 50 ms there and back. A fixed size, since measuring a better one
     * costs a ping and its answer for almost every message.
     */
    private static final int FLOW_CONTROL_WINDOW = 4 << 20;

    private static final int MAX_CALLS_PER_CONNECTION = 100;
    private static final long HANDSHAKE_SECONDS = 10;
    // Agents may ping this often even without a call; more often counts as abuse.
    private static final long PERMIT_KEEP_ALIVE_SECONDS = 5;
    private static final long KEEP_ALIVE_SECONDS = 30;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;
    private static final long MAX_IDLE_SECONDS = 300;
    private static final long STOP_SECONDS = 2;
    // Calls that block (storing an upload, waiting for a commit) are few; without a bound a fleet that comes back makes
    // hundreds.
    private static final int MAX_THREADS = 32;
    private static final long THREAD_IDLE_SECONDS = 30;

    private final Server server;
    private final ExecutorService calls;
    private final Sockets sockets;

    private GrpcServer(Server server, ExecutorService calls, Sockets sockets) {
        this.server = server;
        this.calls = calls;
        this.sockets = sockets;
    }

    /**
     * Starts serving.
     *
     * @param listen where; port 0 takes a free one
     * @throws IOException when the port is taken, a file cannot be read, or the key is open to others
     */
    public static GrpcServer start(InetSocketAddress listen, TlsFiles tls, List<BindableService> services)
            throws IOException {
        PrivateFiles.requirePrivate(tls.key());
        SslContext context = context(tls);
        ExecutorService calls = threads();
        Sockets sockets = new Sockets();
        ConnectionLimit limit = new ConnectionLimit(MAX_CONNECTIONS);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(listen)
                .sslContext(context)
                .executor(calls)
                .callExecutor(new CallExecutors(calls))
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PERMIT_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxConnectionIdle(MAX_IDLE_SECONDS, TimeUnit.SECONDS)
                .addTransportFilter(limit);
        sockets.configure(builder);
        // The interceptor named last is asked first.
        services.forEach(
                service -> builder.addService(ServerInterceptors.intercept(service, new IdentityInterceptor(), limit)));
        try {
            return new GrpcServer(builder.build().start(), calls, sockets);
        } catch (IOException e) {
            calls.shutdown();
            sockets.close();
            throw new IOException(
                    "cannot listen on " + listen.getHostString() + ":" + listen.getPort() + ": "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }

    private static ExecutorService threads() {
        AtomicInteger made = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "calls-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Makes sure that the server could use these files.
     *
     * @throws IOException naming what is wrong with them
     */
    public static void check(TlsFiles tls) throws IOException {
        PrivateFiles.requirePrivate(tls.key());
        context(tls);
    }

    private static SslContext context(TlsFiles tls) throws IOException {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            tls.certificate().toFile(), tls.key().toFile())
                    .trustManager(Trust.in(tls.ca()))
                    .clientAuth(ClientAuth.REQUIRE);
            GrpcSslContexts.configure(builder, OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
            SslContext context = builder.protocols("TLSv1.3").build();
            OwnCertificate.check(tls.ca(), tls.certificate(), tls.key());
            return context;
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the TLS files " + tls.ca() + ", " + tls.certificate() + ", " + tls.key() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return server.getPort();
    }

    /** Waits until the server has stopped. */
    public void awaitStop() throws InterruptedException {
        server.awaitTermination();
    }

    /** Accepts nothing more, lets calls end for a moment, then ends them. Idempotent. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        calls.shutdown();
        sockets.close();
    }
}
