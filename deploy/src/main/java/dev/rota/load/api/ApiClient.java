package dev.rota.load.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls an HTTP API, one connection for each call: nothing is retried and no connection is kept, so a failure is a failure. */
public final class ApiClient {
    private final InetSocketAddress address;
    private final Duration within;

    /** An answer as it came. */
    public record Answer(int status, String body) {}

    /** A client of the API at that address; a call that takes longer than {@code within} to connect or to answer has failed. */
    public ApiClient(InetSocketAddress address, Duration within) {
        this.address = address;
        this.within = within;
    }

    /**
     * Posts a JSON object.
     *
     * @throws IOException when there is no complete answer in time
     */
    public Answer post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\nConnection: close\r\n\r\n";
        int limit = Math.toIntExact(within.toMillis());
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(address, limit);
            socket.setSoTimeout(limit);
            socket.getOutputStream().write((head + json).getBytes(StandardCharsets.UTF_8));
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer parse(String text) throws IOException {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.") || text.length() < 12) {
            throw new IOException(text.isEmpty() ? "empty answer" : "no HTTP answer");
        }
        try {
            return new Answer(
                    Integer.parseInt(text.substring(9, 12)),
                    text.substring(end + 4).strip());
        } catch (NumberFormatException e) {
            throw new IOException("no HTTP status in the answer", e);
        }
    }
}
