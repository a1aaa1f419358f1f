package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rota.sample.Release;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other tests rely on: the sample product keeps the promises of a cluster. */
class SampleClusterIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final Path repository = Path.of(System.getProperty("rota.repository"));
    private final SampleNodes nodes;

    SampleClusterIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.nodes = new SampleNodes(new Site(repository, directory, 3, new Ports(), new Processes(directory)));
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        nodes.make(Release.V1_0, artifact(Release.V1_0));
        nodes.startCluster();
    }

    @AfterEach
    void stop() throws InterruptedException {
        nodes.stopAll();
    }

    @Test
    void keepsItsPromises() throws IOException, InterruptedException {
        anAcknowledgedWriteIsOnEveryMember();
        aNodeThatLeftComesBackEmptyAndGetsEverythingWhenItJoins();
        aKilledNodeIsDroppedAndComesBackByItself();
        aReleaseThatDoesNotSpeakWithTheOthersIsKeptOut();
        theLastMemberCannotLeave();
    }

    private void anAcknowledgedWriteIsOnEveryMember() throws IOException, InterruptedException {
        for (int i = 0; i < 20; i++) {
            String writer = nodes.names().get(i % 3);
            assertThat(put(writer, "key-" + i, "value-" + i)).isEqualTo(200);
            for (String reader : nodes.names()) {
                assertThat(get(reader, "/kv/key-" + i).body()).isEqualTo("value-" + i);
            }
        }
    }

    private void aNodeThatLeftComesBackEmptyAndGetsEverythingWhenItJoins() throws IOException, InterruptedException {
        assertThat(post("n1", "/admin/leave?member=n2").statusCode()).isEqualTo(200);
        assertThat(members("n1")).containsExactly("n1", "n3");
        awaitGone("n2");

        nodes.start("n2");
        nodes.awaitReady("n2");
        assertThat(get("n2", "/count").body()).isEqualTo("0\n");
        assertThat(members("n2")).containsExactly("n2");

        assertThat(put("n3", "while-away", "1")).isEqualTo(200);
        assertThat(post("n2", "/admin/join?peer=n1").statusCode()).isEqualTo(200);
        assertThat(get("n2", "/count").body()).isEqualTo("21\n");
        assertThat(get("n2", "/digest").body()).isEqualTo(get("n1", "/digest").body());
        for (String node : nodes.names()) {
            assertThat(members(node)).containsExactly("n1", "n2", "n3");
        }
        assertThat(nodes.counted("n2", "leave")).hasSize(1);
        assertThat(nodes.counted("n2", "join")).hasSize(2);
        assertThat(nodes.counted("n2", "start")).hasSize(2);
        assertThat(nodes.counted("n2", "stop")).isEmpty();
    }

    private void aKilledNodeIsDroppedAndComesBackByItself() throws IOException, InterruptedException {
        Processes.handleIn(nodes.pidFile("n3")).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> members("n1"), List.of("n1", "n2")::equals);
        assertThat(put("n1", "without-n3", "1")).isEqualTo(200);

        nodes.start("n3");
        nodes.awaitReady("n3");
        assertThat(get("n3", "/kv/without-n3").body()).isEqualTo("1");
        assertThat(members("n1")).containsExactly("n1", "n2", "n3");
    }

    private void aReleaseThatDoesNotSpeakWithTheOthersIsKeptOut() throws IOException, InterruptedException {
        assertThat(post("n2", "/admin/leave?member=n3").statusCode()).isEqualTo(200);
        awaitGone("n3");
        nodes.install("n3", Release.V2_0, artifact(Release.V2_0));
        nodes.start("n3");
        nodes.awaitReady("n3");
        HttpResponse<String> answer = post("n3", "/admin/join?peer=n1");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("release 2.0 cannot run beside 1.0");
        assertThat(members("n1")).containsExactly("n1", "n2");
    }

    private void theLastMemberCannotLeave() throws IOException, InterruptedException {
        assertThat(post("n2", "/admin/leave?member=n2").statusCode()).isEqualTo(200);
        assertThat(post("n1", "/admin/leave?member=n1").statusCode()).isEqualTo(409);
        assertThat(get("n1", "/kv/key-7").body()).isEqualTo("value-7");
    }

    private Path artifact(Release release) throws IOException {
        return SampleReleases.build(release, repository, directory.resolve("artifacts"));
    }

    private void awaitGone(String node) {
        await().atMost(SOON).until(() -> Processes.handleIn(nodes.pidFile(node)).isEmpty());
    }

    private List<String> members(String node) throws IOException, InterruptedException {
        return get(node, "/members").body().lines().toList();
    }

    private int put(String node, String key, String value) throws IOException, InterruptedException {
        return send(request(node, "/kv/" + key).PUT(BodyPublishers.ofString(value)))
                .statusCode();
    }

    private HttpResponse<String> get(String node, String path) throws IOException, InterruptedException {
        return send(request(node, path));
    }

    private HttpResponse<String> post(String node, String path) throws IOException, InterruptedException {
        return send(request(node, path).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String node, String path) {
        return HttpRequest.newBuilder(URI.create(nodes.url(node) + path)).timeout(SOON);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
