package dev.rota.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The product's command line: {@code samplectl NODE-DIRECTORY COMMAND [ARGUMENT] [STEP]}. Exit codes: 0 done, 1 the node refused,
 * 2 usage, 3 the node does not answer.
 */
public final class SampleControl {
    private static final int PATIENCE_MS = 60_000;
    private static final int NOISE_LINES = 50_000;
    private static final String NOISE = "noise ".repeat(17);
    private static final List<String> QUESTIONS = List.of("members", "version", "count", "digest");

    private SampleControl() {}

    /** Carries out one command. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2 || args.length > 4) {
            usage();
            System.exit(2);
        }
        int exit;
        try {
            exit = run(Path.of(args[0]), args[1], args.length > 2 ? args[2] : "", args.length > 3 ? args[3] : "");
        } catch (IOException e) {
            System.err.println("samplectl: " + e.getMessage());
            exit = 3;
        }
        System.exit(exit);
    }

    private static int run(Path home, String command, String argument, String step)
            throws IOException, InterruptedException {
        Settings settings = Settings.read(home);
        Faults faults = Faults.of(home);
        if (faults.on(Faults.NOISY_CTL)) {
            for (int i = 0; i < NOISE_LINES; i++) {
                System.out.println(NOISE);
            }
        }
        if (faults.on(Faults.HANG_CTL)) {
            new CountDownLatch(1).await();
        }
        if (command.equals("check-backup")) {
            System.out.println(Restoration.check(Path.of(argument)) + " entries");
            return 0;
        }
        if (command.equals("restore")) {
            return restore(settings, Path.of(argument), step);
        }
        Optional<String> path = path(command, argument);
        if (path.isEmpty()) {
            usage();
            return 2;
        }
        if (command.equals("check") && faults.on(Faults.CHECK)) {
            System.err.println("samplectl: the check fails: fault/" + Faults.CHECK);
            return 1;
        }
        return ask(settings.own().url() + path.get(), path.get().startsWith("/admin/") ? "POST" : "GET", step);
    }

    /** Only while the node does not run: it would go on with what it has in memory. */
    private static int restore(Settings settings, Path backup, String step) throws IOException {
        if (new Neighbours(settings).identity(settings.name()).isPresent()) {
            System.err.println("samplectl: " + settings.name() + " runs; stop it first");
            return 1;
        }
        new Counters(settings.home()).add("restore", step);
        System.out.println(Restoration.restore(settings, backup) + " entries");
        return 0;
    }

    private static Optional<String> path(String command, String argument) {
        String value = URLEncoder.encode(argument, StandardCharsets.UTF_8);
        return switch (command) {
            case "leave" -> Optional.of("/admin/leave?member=" + value);
            case "join" -> Optional.of("/admin/join?peer=" + value);
            case "backup" -> Optional.of("/admin/backup?to=" + value);
            case "stop" -> Optional.of("/admin/stop");
            case "check", "status" -> Optional.of("/ready");
            default -> QUESTIONS.contains(command) ? Optional.of("/" + command) : Optional.empty();
        };
    }

    private static int ask(String url, String method, String step) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        if (!step.isEmpty()) {
            connection.setRequestProperty(Api.ASKED_BY, step);
        }
        int status = connection.getResponseCode();
        boolean done = status >= 200 && status < 300;
        try (InputStream in = done ? connection.getInputStream() : connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            (done ? System.out : System.err).print(text);
        }
        return done ? 0 : 1;
    }

    private static void usage() {
        System.err.println(
                "usage: samplectl NODE-DIRECTORY (members|version|count|digest|status|check|leave MEMBER|join PEER"
                        + "|backup FILE|check-backup FILE|restore FILE|stop) [STEP]");
    }
}
