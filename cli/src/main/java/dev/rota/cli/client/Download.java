package dev.rota.cli.client;

import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongFunction;

/** Fetches a file over HTTP into a local one. What it holds is for the caller to verify. */
public final class Download {
    /** Biggest file that is fetched: the biggest artifact a coordinator takes. */
    private static final long MAX_BYTES = 64L << 30;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);
    private static final int MAX_REDIRECTS = 5;
    private static final int PIECE = 1 << 18;

    private Download() {}

    /**
     * The URL that a text is.
     *
     * @throws IllegalArgumentException when it is none of http or https with a host and the name of a file
     */
    public static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null) {
                throw new IllegalArgumentException("'" + text + "' is no http or https URL");
            }
            if (url.getUserInfo() != null) {
                throw new IllegalArgumentException("a URL with a password in it is not taken: everybody can see it");
            }
            if (fileName(url).isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' names no file");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL: " + e.getReason(), e);
        }
    }

    /** The last name in the path of a URL. */
    public static String fileName(URI url) {
        String path = url.getPath() == null ? "" : url.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Fetches all of it.
     *
     * @param progress given the size that is expected, 0 if the server does not say it, makes who is told
     */
    public static void fetch(URI url, Path into, LongFunction<TransferListener> progress) {
        try {
            HttpURLConnection connection = open(url);
            long announced = connection.getContentLengthLong();
            long received = copy(connection, into, progress.apply(Math.max(0, announced)));
            if (announced >= 0 && received != announced) {
                throw failed(url, "it broke off after " + received + " of " + announced + " bytes");
            }
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw failed(url, why);
        }
    }

    private static HttpURLConnection open(URI url) throws IOException {
        URI at = url;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
            connection.setReadTimeout((int) STALL_LIMIT.toMillis());
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return connection;
            }
            String location = connection.getHeaderField("Location");
            if (status < 300 || status > 399 || location == null) {
                throw failed(url, "the server answers " + status);
            }
            URI next = at.resolve(location);
            if ("https".equalsIgnoreCase(at.getScheme()) && !"https".equalsIgnoreCase(next.getScheme())) {
                throw failed(url, "it leads from https to " + next);
            }
            at = next;
        }
        throw failed(url, "it leads elsewhere more than " + MAX_REDIRECTS + " times");
    }

    private static long copy(HttpURLConnection connection, Path into, TransferListener listener) throws IOException {
        byte[] piece = new byte[PIECE];
        long received = 0;
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(into)) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                received += length;
                if (received > MAX_BYTES) {
                    throw new IOException("it has more than " + MAX_BYTES + " bytes");
                }
                out.write(piece, 0, length);
                listener.sent(received);
            }
        }
        return received;
    }

    private static CommandFailure failed(URI url, String why) {
        return CommandFailure.of(ExitCode.NOT_FOUND, "cannot fetch " + url + ": " + why);
    }
}
