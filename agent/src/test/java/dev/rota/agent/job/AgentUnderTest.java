package dev.rota.agent.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that carries one step out as an agent would: the first time by an order, after that by going on. */
public final class AgentUnderTest {
    private AgentUnderTest() {}

    /** Arguments: directory, file with the actions. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]);
        CountDownLatch ended = new CountDownLatch(1);
        try (Scene scene = new Scene(root, Files.readString(Path.of(args[1])))) {
            Jobs jobs = scene.jobs();
            boolean known = new JobDirectory(scene.jobPath()).exists();
            jobs.resume();
            if (!known) {
                jobs.run(scene.order());
            }
            new Thread(() -> watch(jobs, ended)).start();
            ended.await();
            Files.writeString(
                    root.resolve("outcome"),
                    jobs.unacknowledged().get(0).getOutcome() + " "
                            + jobs.unacknowledged().get(0).getMessage());
        }
    }

    private static void watch(Jobs jobs, CountDownLatch ended) {
        org.awaitility.Awaitility.await()
                .forever()
                .until(() -> !jobs.unacknowledged().isEmpty());
        ended.countDown();
    }
}
