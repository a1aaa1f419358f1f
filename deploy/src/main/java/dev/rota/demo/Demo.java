package dev.rota.demo;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings everything up, upgrades the product under load with the real command line, shows what happens and takes everything down
 * again. Arguments: the repository's directory, then the options of {@code deploy/demo.sh}. Exit codes: 0 upgraded and nothing
 * wrong, 1 something went wrong, 2 usage, 7 held, 77 the product cannot be had on
 * this machine, otherwise that of the command that failed.
 */
public final class Demo {
    private static final int MISUSE = 2;
    private static final int HELD = 7;
    private static final int UNAVAILABLE = 77;

    private final Options options;
    private final PrintStream out;
    private final Stage stage;

    private Demo(Options options, Stage stage, PrintStream out) {
        this.options = options;
        this.stage = stage;
        this.out = out;
    }

    /** Runs the demonstration. */
    public static void main(String[] args) throws InterruptedException {
        int exit;
        try {
            exit = start(Path.of(args[0]), List.of(args).subList(1, args.length));
        } catch (Options.Misuse e) {
            System.err.println("demo: " + e.getMessage() + "\ndemo: deploy/demo.sh --help lists the options");
            exit = MISUSE;
        } catch (Unavailable e) {
            System.err.println("demo: " + e.getMessage());
            exit = UNAVAILABLE;
        } catch (IOException | RuntimeException e) {
            System.err.println("demo: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    private static int start(Path repository, List<String> words)
            throws IOException, InterruptedException, Unavailable, Options.Misuse {
        if (words.size() == 2 && words.get(0).equals("--stop")) {
            System.out.println("demo: " + WorkDirectory.of(words.get(1)).stop());
            return 0;
        }
        Options options = Options.parse(words);
        if (options.report().isPresent()) {
            ReportFile.check(options.report().get());
        }
        return run(repository, options);
    }

    private static int run(Path repository, Options options) throws IOException, InterruptedException, Unavailable {
        WorkDirectory directory = WorkDirectory.create();
        Stage stage = new Stage(repository, directory.path(), options.product(), options.nodes(), Optional.empty());
        Thread whenInterrupted = new Thread(
                () -> {
                    stage.close();
                    System.err.println("demo: all is stopped; " + directory.describe());
                },
                "stop-everything");
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        int exit = 1;
        try {
            exit = new Demo(options, stage, System.out).play();
            return exit;
        } catch (Unavailable e) {
            exit = UNAVAILABLE;
            throw e;
        } finally {
            boolean keep = options.keep() && (exit == 0 || exit == HELD);
            if (!keep) {
                stage.close();
            }
            if (disarm(whenInterrupted)) {
                leave(options, stage, directory, exit, keep);
            }
        }
    }

    /** Whether the end is a regular one; otherwise the hook is running and does the rest. */
    private static boolean disarm(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    /** What stays and how to be rid of it: a run that went as it was meant to leaves nothing. */
    private static void leave(Options options, Stage stage, WorkDirectory directory, int exit, boolean keep)
            throws IOException {
        boolean asMeant = exit == 0
                || exit == UNAVAILABLE
                || (exit == HELD && options.failure().isPresent());
        if (keep) {
            stage.howToGoOn(exit == HELD, options.to().orElse(stage.product().defaultTarget()))
                    .forEach(System.out::println);
        } else if (asMeant) {
            directory.remove();
        } else {
            System.err.println("demo: " + directory.describe());
        }
    }

    private int play() throws IOException, InterruptedException, Unavailable {
        Product product = stage.product();
        String to = options.to().orElse(product.defaultTarget());
        say("a cluster of %d nodes of %s %s, a coordinator and %d agents in %s"
                .formatted(
                        options.nodes(),
                        product.name(),
                        product.installedVersion(),
                        options.nodes(),
                        stage.directory()));
        stage.bringUp();
        for (ReleaseFile release : product.releases()) {
            String[] words = stage.rota().addReleaseWords(release);
            if (rota(words) != 0) {
                throw new IllegalStateException("rota " + String.join(" ", words) + " failed");
            }
        }
        say("clients begin");
        product.startLoad();
        if (options.failure().isPresent()) {
            String node = product.nodes().get(options.failure().get().node() - 1);
            product.injectFault(options.failure().get().phase(), node);
            say("phase " + options.failure().get().phase() + " is going to fail on " + node);
        }
        String plan = plan(to);
        int exit = rota("apply", plan, "--wait");
        if (exit == HELD) {
            exit = held();
        }
        LoadFigures load = product.stopLoad();
        Report report = Report.of(
                stage.rota().rollout(), load, product.reportExtras(), exit == 0 ? product.verify(to) : List.of());
        report.summary().forEach(this::say);
        if (options.report().isPresent()) {
            report.write(options.report().get());
            say("figures are in " + options.report().get());
        }
        return exit == 0 && !report.wrong().isEmpty() ? 1 : exit;
    }

    private String plan(String to) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--stable", options.stable()));
        options.mode().ifPresent(mode -> words.addAll(List.of("--mode", mode)));
        out.println("$ rota plan " + stage.product().cluster() + " --to " + to + " " + String.join(" ", words));
        JsonObject plan = stage.rota().plan(to, words.toArray(String[]::new));
        String id = Json.text(plan, "id");
        rota("plan", "show", id);
        return id;
    }

    /** The rollout waits for a person: shows why and who serves; plays that person when asked to. */
    private int held() throws IOException, InterruptedException {
        Product product = stage.product();
        rota("why", product.cluster());
        say("the nodes, asked directly:");
        product.describeNodes().forEach(line -> out.println("  " + line));
        if (!options.heal()) {
            return HELD;
        }
        say("the cause is taken away: " + product.healCommand());
        product.heal();
        Optional<Integer> refused =
                Optional.of(rota("rollouts", "retry", product.cluster())).filter(exit -> exit != 0);
        return refused.isPresent() ? refused.get() : rota("rollouts", "watch", product.cluster());
    }

    private int rota(String... words) throws IOException, InterruptedException {
        out.println("$ rota " + String.join(" ", words));
        return stage.rota().rota(out::println, words).exit();
    }

    private void say(String line) {
        out.println("demo: " + line);
    }
}
