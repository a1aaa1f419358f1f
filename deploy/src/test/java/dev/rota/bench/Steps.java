package dev.rota.bench;

import com.google.protobuf.Timestamp;
import dev.rota.bench.fleet.Fleet;
import dev.rota.bench.fleet.Identities;
import dev.rota.bench.fleet.ObedientNode;
import dev.rota.contract.Digest;
import dev.rota.contract.Phase;
import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.StepRecord;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Rota adds to a rollout: a rolling upgrade whose steps do nothing, node after node, by one coordinator and by three. Beside it what a
 * step takes at least: two commits and a message there and back. Agents and coordinators share this machine's processors.
 */
final class Steps implements Benchmark {
    private static final int NODES = 30;
    private static final List<Phase> PHASES = List.of(
            Phase.STAGE, Phase.CHECK, Phase.DRAIN, Phase.STOP, Phase.INSTALL, Phase.START, Phase.VERIFY, Phase.UNDRAIN);
    private static final int STEPS = NODES * PHASES.size();
    private static final String CLUSTER = "idle";
    private static final String PRODUCT = "sample";
    private static final int WARM_UP = 300;
    private static final int ROLLOUTS = 20;
    /** Rollouts that are nothing but their floor. */
    private static final int FLOORS = 10;

    private static final Duration ROLLOUTS_WITHIN = Duration.ofMinutes(4);
    private static final double AIM = 1.5;
    private static final double NANOS_A_MS = 1e6;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final double ANSIBLE_MS = 278;
    private static final String RECIPE = """
            format: 1
            recipe: sample
            version:
              detect: {run: ["/bin/true"], capture: '(?<version>[0-9.]+)'}
            path: {rule: direct}
            members: {run: ["/bin/true"], each: '(?<member>[a-z0-9-]+)'}
            health:
              - {run: ["/bin/true"]}
            installed: /nowhere
            gate: {wait: 0s, stable: 0s}
            phases:
            """;

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public void run(Ground ground)
            throws ExecutionException, IOException, InterruptedException, JournalException, TimeoutException {
        say("a rolling upgrade that does nothing: %d nodes, %d steps", NODES, STEPS);
        Path recipes = Files.createDirectories(ground.directory().resolve("recipes"));
        String recipe = recipe();
        Files.writeString(recipes.resolve(PRODUCT + ".yaml"), recipe);
        for (int coordinators : new int[] {1, 3}) {
            measure(ground, coordinators, recipes, recipe);
        }
        say(
                installed("ansible")
                        ? "  Ansible, at %.0f ms for a task on a host as measured elsewhere: %.0f s"
                        : "  Ansible is not installed here; what it would take is skipped",
                ANSIBLE_MS,
                STEPS * ANSIBLE_MS / 1000);
    }

    private static String recipe() {
        StringBuilder text = new StringBuilder(RECIPE);
        PHASES.forEach(p -> text.append("  ").append(p.label()).append(": {do: [{run: [\"/bin/true\"]}]}\n"));
        return text.toString();
    }

    private static void measure(Ground ground, int count, Path recipes, String recipe)
            throws ExecutionException, IOException, InterruptedException, JournalException, TimeoutException {
        List<String> nodes =
                IntStream.rangeClosed(1, NODES).mapToObj("node-%02d"::formatted).toList();
        Coordinators coordinators = new Coordinators(
                ground,
                count,
                Map.of(
                        "recipes",
                        recipes.toString(),
                        "clusters",
                        Map.of(
                                CLUSTER,
                                Map.of(
                                        "recipe",
                                        PRODUCT,
                                        "nodes",
                                        nodes.stream()
                                                .map(n -> Map.of("name", n))
                                                .toList()))));
        String leader = coordinators.start();
        Identities identities = Identities.issue(coordinators.authority(), coordinators.ca(), nodes);
        String digest = Digest.sha256(recipe.getBytes(StandardCharsets.UTF_8));
        List<Rollout> rollouts;
        List<Long> trips;
        try (Fleet fleet = new Fleet(leader, identities, 2, n -> new ObedientNode(n, digest, nodes, "1.0"));
                Operator operator = coordinators.operator(leader)) {
            fleet.start();
            if (fleet.awaitConnected(WITHIN) < NODES) {
                throw new IOException("not all agents are connected, see " + ground.directory() + "/log");
            }
            rollouts = upgrades(operator);
            fleet.roundTrips(STEPS, WITHIN);
            trips = fleet.roundTrips(FLOORS * STEPS, WITHIN);
        }
        coordinators.stop();
        Path floor = Files.createDirectories(ground.directory().resolve("floor-" + count));
        List<Long> commits = CommitTimes.measure(floor, count, entry(), 2 * FLOORS * STEPS);
        print(count, rollouts, commits, trips);
    }

    private static List<Rollout> upgrades(Operator operator)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<Rollout> all = new ArrayList<>();
        long start = System.nanoTime();
        boolean time = true;
        for (int i = 1; i <= WARM_UP + ROLLOUTS && time; i++) {
            String version = "1." + i;
            operator.addRelease(PRODUCT, version);
            Rollout rollout = operator.upgrade(CLUSTER, version);
            if (rollout.getStepsDone() != STEPS) {
                throw new IOException("the rollout took " + rollout.getStepsDone() + " steps, not " + STEPS);
            }
            all.add(rollout);
            time = i <= WARM_UP || System.nanoTime() - start < ROLLOUTS_WITHIN.toNanos();
        }
        return all;
    }

    /** What a step's end looks like in the journal. */
    private static byte[] entry() {
        return EntryCodec.encode(new Entry.RolloutChanged(
                "",
                CLUSTER + "-1",
                STEPS,
                new Event.StepReported(
                        new StepKey(CLUSTER + "-1", "node-01", Phase.INSTALL, 1),
                        new StepReport(StepReport.Outcome.DONE, "", "", "", "", 0, 0, 0, new TreeMap<>()),
                        Instant.now())));
    }

    private static void print(int coordinators, List<Rollout> all, List<Long> commits, List<Long> trips) {
        double first = aStep(all.subList(0, 1));
        List<Rollout> rollouts = all.subList(WARM_UP, all.size());
        double step = aStep(rollouts);
        double gates = median(rollouts.stream()
                        .map(r -> r.getNodesList().stream()
                                .map(NodeProgress::getGatesList)
                                .flatMap(List::stream)
                                .mapToLong(Steps::nanos)
                                .sum())
                        .toList())
                / NANOS_A_MS
                / STEPS;
        double alone = median(rollouts.stream().flatMap(Steps::inTurn).toList()) / NANOS_A_MS;
        double commit = median(commits) / NANOS_A_MS;
        double trip = median(trips) / NANOS_A_MS;
        double floor = 2 * commit + trip;
        double floors = median(IntStream.range(0, FLOORS)
                        .mapToObj(i -> sum(commits.subList(2 * i * STEPS, 2 * (i + 1) * STEPS))
                                + sum(trips.subList(i * STEPS, (i + 1) * STEPS)))
                        .toList())
                / NANOS_A_MS
                / STEPS;
        say(
                "  %d coordinator%s, ms a step, medians of %d rollouts after %d others:",
                coordinators, coordinators == 1 ? "" : "s", rollouts.size(), WARM_UP);
        say("    floor of a step: 2 commits of %.2f, a trip of %.2f  %8.2f", commit, trip, floor);
        say("    floor of a rollout: %d of them, means           %8.2f", STEPS, floors);
        say("    a step, to the beginning of the next              %8.2f   %.2f times the floor", alone, alone / floor);
        say(
                "    the whole rollout                                 %8.2f   %.2f times the floor (aim: at most %.1f)",
                step, step / floors, AIM);
        say("      of it gates, two a node                         %8.2f", gates);
        say("    the very first, while code is being compiled      %8.2f", first);
    }

    private static double aStep(List<Rollout> rollouts) {
        return median(rollouts.stream()
                        .map(r -> nanos(r.getStartedAt(), r.getEndedAt()))
                        .toList())
                / NANOS_A_MS
                / STEPS;
    }

    /** Nanoseconds of the steps that ran one at a time. */
    private static Stream<Long> inTurn(Rollout rollout) {
        return rollout.getNodesList().stream()
                .flatMap(n -> n.getStepsList().stream())
                .filter(s -> !s.getPhase().equals(Phase.STAGE.label())
                        && !s.getPhase().equals(Phase.CHECK.label()))
                .map(Steps::nanos);
    }

    private static long nanos(StepRecord record) {
        return nanos(record.getStartedAt(), record.getFinishedAt());
    }

    private static long nanos(Timestamp from, Timestamp to) {
        return Duration.ofSeconds(to.getSeconds() - from.getSeconds(), to.getNanos() - from.getNanos())
                .toNanos();
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    private static double median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0L);
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
