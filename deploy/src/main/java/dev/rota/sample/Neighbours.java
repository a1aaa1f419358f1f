package dev.rota.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the other nodes over HTTP who they are, before this node has anything to do with them. */
record Neighbours(Settings settings) {
    private static final int PATIENCE_MS = 2_000;

    /** What a node says about itself in {@code /admin/identity}. */
    record Identity(String name, String clusterId, Release release, boolean serving) {
        String text() {
            return String.join(" ", name, clusterId, release.version(), String.valueOf(serving)) + "\n";
        }

        static Optional<Identity> parse(String text) {
            String[] words = text.strip().split(" ", -1);
            return words.length != 4
                    ? Optional.empty()
                    : Release.of(words[2])
                            .map(r -> new Identity(words[0], words[1], r, Boolean.parseBoolean(words[3])));
        }
    }

    Optional<Identity> identity(String node) {
        return settings.of(node)
                .flatMap(address -> get(address.url() + "/admin/identity"))
                .flatMap(Identity::parse);
    }

    /** The other nodes that answer and belong to that cluster. */
    List<Identity> inCluster(String clusterId) {
        List<Identity> found = new ArrayList<>();
        for (String other : settings.others()) {
            identity(other).filter(i -> i.clusterId().equals(clusterId)).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<String> get(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            try (InputStream in = connection.getInputStream()) {
                return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException doesNotAnswer) {
            return Optional.empty();
        }
    }
}
