package dev.rota.sample;

import java.io.IOException;

/** Runs what must not hold up the thread that a message came in on. */
final class Background {
    private Background() {}

    /** Something to do. */
    interface Task {
        void run() throws IOException, InterruptedException, Refused;
    }

    static void run(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | Refused e) {
                        System.err.println("in the background: " + e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "background");
        thread.setDaemon(true);
        thread.start();
    }
}
