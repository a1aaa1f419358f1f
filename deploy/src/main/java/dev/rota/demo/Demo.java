package dev.rota.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings everything up, upgrades the product under load with the real command line, shows what happens and takes everything down
 * again. Arguments: the repository's directory, then the options of {@code deploy/demo.sh}. Exit codes: 0 upgraded and nothing
 * wrong, 1 something went wrong, 2 usage, 6 rolled back as it was to be, 7 held, 77 the product cannot be had on
 * this machine, otherwise that of the command that failed.
 */
public final class Demo implements Operator.Desk {
    private static final int MISUSE = 2;
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
        Stage stage = new Stage(
                repository,
                directory.path(),
                options.product(),
                options.nodes(),
                Optional.empty(),
                options.coordinators(),
                Network.LOOPBACK);
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
            boolean keep = options.keep() && (exit == 0 || exit == Operator.HELD || exit == Operator.ENDED_BADLY);
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
                || (exit == Operator.HELD && options.failure().isPresent())
                || (exit == Operator.ENDED_BADLY && !options.onFailure().equals("hold"));
        if (keep) {
            stage.howToGoOn(
                            exit == Operator.HELD,
                            options.to().orElse(stage.product().defaultTarget()))
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
        say("a cluster of %d nodes of %s %s, %s and %d agents in %s"
                .formatted(
                        options.nodes(),
                        product.name(),
                        product.installedVersion(),
                        options.coordinators() == 1 ? "a coordinator" : options.coordinators() + " coordinators",
                        options.nodes(),
                        stage.directory()));
        product.watch();
        stage.bringUp();
        for (ReleaseFile release : product.releases()) {
            must(stage.rota().addReleaseWords(release));
        }
        Optional<Path> notes = product.notes();
        if (notes.isPresent()) {
            must("releases", "import", product.name(), notes.get().toString());
        }
        say("clients begin");
        product.startLoad();
        Optional<Operator.Fault> fault =
                options.failure().map(f -> new Operator.Fault(product.nodes().get(f.node() - 1), f.phase()));
        if (fault.isPresent()) {
            product.injectFault(fault.get().phase(), fault.get().node(), to);
            say("phase " + fault.get().phase() + " is going to fail on "
                    + fault.get().node());
        }
        JsonObject plan = plan(to);
        Operator operator = new Operator(this, product.cluster(), fault, options.heal());
        int exit = operator.carryOut(Json.text(plan, "id"));
        return report(plan, exit, operator.wrong()) ? exit : 1;
    }

    /** Stops the clients and puts the figures together; whether everything went as it should. A hold that was to come is that too. */
    private boolean report(JsonObject plan, int exit, List<String> wrongSoFar)
            throws IOException, InterruptedException {
        Product product = stage.product();
        LoadFigures load = product.stopLoad();
        List<String> wrong = new ArrayList<>(wrongSoFar);
        boolean wentBack = exit == Operator.ENDED_BADLY
                && !Json.list(Json.object(rollout(), "rollback"), "nodes").isEmpty();
        if (exit == 0 || wentBack) {
            wrong.addAll(product.verify(versions(rollout())));
        }
        Map<String, Object> extras = new LinkedHashMap<>(product.reportExtras());
        extras.put("manualSteps", Json.list(plan, "manual").size());
        Report report = Report.of(rollout(), load, extras, wrong);
        report.summary().forEach(this::say);
        if (options.report().isPresent()) {
            report.write(options.report().get());
            say("figures are in " + options.report().get());
        }
        return (exit == 0 || wentBack) ? report.wrong().isEmpty() : wrongSoFar.isEmpty();
    }

    /** What each node ought to run now: the release the rollout is at where its turn is done, else the one before. */
    private static Map<String, String> versions(JsonObject rollout) {
        JsonArray path = Json.list(rollout, "path");
        int hop = (int) Json.number(rollout, "hop");
        Map<String, String> versions = new LinkedHashMap<>();
        for (JsonElement e : Json.list(rollout, "nodes")) {
            JsonObject node = e.getAsJsonObject();
            boolean done = Json.text(node, "state").equals("done");
            versions.put(Json.text(node, "node"), path.get(done ? hop : hop - 1).getAsString());
        }
        return versions;
    }

    private JsonObject plan(String to) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--stable", options.stable()));
        options.mode().ifPresent(mode -> words.addAll(List.of("--mode", mode)));
        if (!options.onFailure().equals("hold")) {
            words.addAll(List.of("--on-failure", options.onFailure()));
        }
        out.println("$ rota plan " + stage.product().cluster() + " --to " + to + " " + String.join(" ", words));
        JsonObject plan = stage.rota().plan(to, words.toArray(String[]::new));
        rota("plan", "show", Json.text(plan, "id"));
        return plan;
    }

    @Override
    public JsonObject rollout() throws IOException, InterruptedException {
        return stage.rota().rollout();
    }

    @Override
    public void askNodes() throws InterruptedException {
        say("the nodes, asked directly:");
        stage.product().describeNodes().forEach(line -> out.println("  " + line));
    }

    @Override
    public void heal() throws IOException {
        say("the cause is taken away: " + stage.product().healCommand());
        stage.product().heal();
    }

    private void must(String... words) throws IOException, InterruptedException {
        if (rota(words) != 0) {
            throw new IllegalStateException("rota " + String.join(" ", words) + " failed");
        }
    }

    @Override
    public int rota(String... words) throws IOException, InterruptedException {
        out.println("$ rota " + String.join(" ", words));
        return stage.rota().rota(out::println, words).exit();
    }

    @Override
    public void say(String line) {
        out.println("demo: " + line);
    }
}
