package dev.rota.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.plan.TurnRequest;
import dev.rota.coordinator.rollout.HoldCode;
import dev.rota.coordinator.rollout.NodeState.Gating;
import dev.rota.coordinator.rollout.NodeState.Ready;
import dev.rota.coordinator.rollout.NodeState.Working;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What {@code rota why} shows for everything a rollout may be held by: one screen, with the next command on it.
 * {@code -Dgolden.rewrite=true} writes the files; read the difference before committing it.
 */
class HoldScreensTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden", "hold");
    private static final int LINES = 24;
    private static final int COLUMNS = 100;

    @Test
    void everyCodeHasAScreen() {
        assertThat(held().keySet()).containsExactlyInAnyOrder(HoldCode.values());
    }

    @TestFactory
    Stream<DynamicTest> everyHoldFitsOnAScreen() {
        return held().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey().name(), () -> {
                    Course course = e.getValue().get();
                    assertThat(code(course.rollout())).isEqualTo(e.getKey().name());
                    String screen = course.screen();
                    assertThat(screen).contains(e.getKey().name()).contains("  rota rollouts ");
                    check(e.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'), screen);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyOtherWaitFitsOnAScreen() {
        return others().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(), () -> check(e.getKey(), e.getValue().get().screen())));
    }

    private static String code(RolloutState s) {
        return s.status() instanceof RolloutStatus.Held h ? h.code() : Why.MANUAL_STEP;
    }

    private static void check(String name, String screen) throws IOException {
        assertThat(screen.lines().count()).as(screen).isLessThanOrEqualTo(LINES);
        assertThat(screen.lines()).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(COLUMNS));
        assertThat(screen).doesNotContain("Exception", "\tat ", " at dev.rota");
        Path file = ROOT.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(ROOT);
            Files.writeString(file, screen);
        }
        assertThat(screen).as("%s (-Dgolden.rewrite=true rewrites it)", file).isEqualTo(Files.readString(file));
    }

    private static Map<HoldCode, Supplier<Course>> held() {
        Map<HoldCode, Supplier<Course>> all = new EnumMap<>(HoldCode.class);
        all.put(
                HoldCode.STEP_FAILED,
                () -> Scene.soft()
                        .course()
                        .untilWorking("n1", Phase.START)
                        .ends("n1", Outcome.FAILED, "EXIT_STATUS", "'sampled' ended with 1", "start sampled", log()));
        all.put(
                HoldCode.STEP_TIMED_OUT,
                () -> Scene.soft()
                        .course()
                        .untilWorking("n2", Phase.LEAVE)
                        .ends(
                                "n2",
                                Outcome.TIMED_OUT,
                                "NOT_PROVEN",
                                "n1 still lists sample@n2 after 1m",
                                "leave the cluster",
                                ""));
        all.put(
                HoldCode.STEP_REFUSED,
                () -> Scene.soft()
                        .course()
                        .ends("n1", Outcome.REFUSED, "RECIPE_DIFFERS", "the agent has another recipe sample", "", ""));
        all.put(
                HoldCode.BACKUP_UNVERIFIED,
                () -> Scene.soft().course().untilWorking("n1", Phase.BACKUP).doneWithoutFacts("n1"));
        all.put(
                HoldCode.AGENT_SILENT,
                () -> Scene.soft().course().untilWorking("n1", Phase.INSTALL).after(Duration.ofMinutes(2)));
        all.put(
                HoldCode.NODE_UNHEALTHY,
                () -> Scene.soft()
                        .course()
                        .untilGating("n1", Phase.DRAIN)
                        .seesForLong(
                                "n1", edit("n2", o -> unhealthy(o, "GET http://127.0.0.1:7800/ready answered 503"))));
        all.put(
                HoldCode.MEMBERS_DISAGREE,
                () -> Scene.soft()
                        .course()
                        .untilGating("n1", Phase.LEAVE)
                        .seesForLong("n1", edit("n3", o -> lists(o, List.of("sample@n3")))));
        all.put(
                HoldCode.REPLICAS_DIFFER,
                () -> Scene.soft()
                        .course()
                        .untilGating("n1", Phase.LEAVE)
                        .seesForLong("n1", edit("n3", o -> holds(o, "4690"))));
        all.put(
                HoldCode.VERSION_WRONG,
                () -> Scene.soft()
                        .course()
                        .untilGating("n1", Phase.VERIFY)
                        .seesForLong("n1", edit("n1", o -> runs(o, "1.0", o.artifactSha256()))));
        all.put(
                HoldCode.ARTIFACT_WRONG,
                () -> Scene.soft()
                        .course()
                        .untilGating("n1", Phase.VERIFY)
                        .seesForLong("n1", edit("n1", o -> runs(o, "1.1", "f".repeat(64)))));
        all.put(
                HoldCode.NO_SLOT,
                () -> Scene.sideBySide()
                        .edited(HoldScreensTest::oneSlot)
                        .course()
                        .untilWorking("n1", Phase.BACKUP)
                        .only("n1", r -> r.facts().outOfService().contains("n1"))
                        .only("n2", r -> r.node("n2") instanceof Gating)
                        .seesForLong("n2", v -> v));
        all.put(
                HoldCode.NO_PEER,
                () -> Scene.shrink()
                        .edited(HoldScreensTest::backTooEarly)
                        .course()
                        .untilGating("n1", Phase.JOIN)
                        .seesForLong("n1", v -> v));
        all.put(
                HoldCode.MANUAL_STEP,
                () -> Scene.manual().course().until(r -> r.status() instanceof RolloutStatus.Unconfirmed));
        all.put(
                HoldCode.SAFETY_RULE,
                () -> Scene.soft()
                        .edited(HoldScreensTest::withoutBackup)
                        .course()
                        .untilGating("n1", Phase.JOIN)
                        .seesForLong("n1", v -> v));
        return all;
    }

    private static Map<String, Supplier<Course>> others() {
        Map<String, Supplier<Course>> all = new LinkedHashMap<>();
        all.put("running", () -> Scene.soft().course().untilWorking("n2", Phase.START));
        all.put("gate", () -> Scene.soft().course().untilGating("n2", Phase.VERIFY));
        all.put(
                "side-by-side",
                () -> Scene.sideBySide()
                        .course()
                        .untilWorking("n1", Phase.BACKUP)
                        .only("n1", r -> r.node("n1") instanceof Working w && w.phase() == Phase.LEAVE)
                        .only("n2", r -> r.node("n2") instanceof Ready));
        all.put(
                "paused-after-canary",
                () -> Scene.soft()
                        .turns(new TurnRequest(0, 0, 1, List.of(), true, Optional.empty()))
                        .course()
                        .until(r -> r.status() instanceof RolloutStatus.Paused));
        all.put(
                "stalled",
                () -> Scene.soft().course().untilWorking("n2", Phase.START).unattended(Duration.ofMinutes(20)));
        all.put(
                "mixed-versions",
                () -> Scene.soft()
                        .turns(new TurnRequest(0, 0, 1, List.of(), true, Optional.of(Duration.ofHours(2))))
                        .course()
                        .until(r -> r.status() instanceof RolloutStatus.Paused)
                        .unattended(Duration.ofHours(3)));
        all.put("succeeded", () -> Scene.soft().course().until(r -> r.status().ended()));
        return all;
    }

    private static String log() {
        return IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> "2026-03-01T12:00:" + String.format("%02d", i) + " replaying entries, pass " + i)
                        .collect(Collectors.joining("\n"))
                + "\nentries.log:4711: bad checksum, giving up\n";
    }

    private static UnaryOperator<java.util.SortedMap<String, NodeObservation>> edit(
            String node, UnaryOperator<NodeObservation> edit) {
        return view -> {
            view.computeIfPresent(node, (n, o) -> edit.apply(o));
            return view;
        };
    }

    private static NodeObservation unhealthy(NodeObservation o, String why) {
        return observation(o, o.version(), o.artifactSha256(), why, o.members(), o.replicas());
    }

    private static NodeObservation lists(NodeObservation o, List<String> members) {
        return observation(o, o.version(), o.artifactSha256(), "", Optional.of(members), o.replicas());
    }

    private static NodeObservation holds(NodeObservation o, String value) {
        return observation(
                o,
                o.version(),
                o.artifactSha256(),
                "",
                o.members(),
                Optional.of(new TreeMap<>(Map.of("bucket-0", value))));
    }

    private static NodeObservation runs(NodeObservation o, String version, String artifact) {
        return observation(o, Optional.of(Version.parse(version)), artifact, "", o.members(), o.replicas());
    }

    private static NodeObservation observation(
            NodeObservation o,
            Optional<Version> version,
            String artifact,
            String unhealthy,
            Optional<List<String>> members,
            Optional<java.util.SortedMap<String, String>> replicas) {
        return new NodeObservation(
                o.node(),
                o.at(),
                o.member(),
                version,
                artifact,
                unhealthy.isEmpty(),
                unhealthy,
                members,
                replicas,
                o.diskFreeBytes(),
                o.problems(),
                o.productMs());
    }

    /** A plan as no planner makes it: more lanes side by side than slots. */
    private static Plan oneSlot(Plan p) {
        return Scene.copy(p, p.batches(), 1);
    }

    /** A plan as no planner makes it: the others join before there is anybody to join. */
    private static Plan backTooEarly(Plan p) {
        List<Plan.Batch> batches = new ArrayList<>(p.batches());
        Plan.Batch last = batches.stream()
                .filter(b -> b.title().equals("upgrade n2"))
                .findFirst()
                .orElseThrow();
        batches.remove(last);
        batches.add(batches.size() - 1, last);
        assertThat(p.mode()).isEqualTo(Mode.FULL_STOP);
        return Scene.copy(p, batches, p.maxUnavailable());
    }

    /** A plan as no planner makes it: a node that joins without a backup. */
    private static Plan withoutBackup(Plan p) {
        List<Plan.Batch> batches = p.batches().stream()
                .map(b -> new Plan.Batch(
                        b.title(),
                        b.lanes().stream()
                                .map(l -> new Plan.Lane(
                                        l.node(),
                                        l.steps().stream()
                                                .filter(s -> s.phase() != Phase.BACKUP)
                                                .toList()))
                                .toList(),
                        b.safePoint()))
                .toList();
        return Scene.copy(p, batches, p.maxUnavailable());
    }
}
