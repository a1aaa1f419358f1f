package dev.rota.cli.view;

import com.google.protobuf.Timestamp;
import dev.rota.cli.view.layout.Units;
import dev.rota.cli.view.layout.Words;
import dev.rota.wire.operator.v1.NodeProgress;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what is new in a rollout each time it is seen. What was told once is not told again, so that a rollout may be seen any number of
 * times, e.g. again from the start after the connection was lost; a step that began and ended unseen is told as ended.
 */
public final class Changes {
    private static final Set<String> OUTSIDE_THE_TURN = Set.of("stage", "check", "cleanup");

    /** What ends at the moment at which the next begins is told first. */
    private static final Comparator<Change> ENDS_BEFORE_BEGINNINGS = Comparator.comparing(Change::at)
            .thenComparing(change -> change.outcome().equals("running"));

    private final Map<StepKey, String> outcomes = new LinkedHashMap<>();
    private final Map<String, String> states = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private String state = "";
    private boolean stalled;
    private long revision;

    /** A phase may come again in a later batch, then with another start. */
    private record StepKey(String node, String subject, Timestamp start) {}

    /** The changes since the last call, oldest first. A revision older than one that was seen already holds none. */
    public List<Change> take(Rollout rollout) {
        if (rollout.getRevision() < revision) {
            return List.of();
        }
        revision = rollout.getRevision();
        List<Change> changes = new ArrayList<>();
        for (NodeProgress node : rollout.getNodesList()) {
            node.getStepsList()
                    .forEach(step ->
                            takeStep(node.getNode(), step.getPhase(), step, "").ifPresent(changes::add));
            node.getGatesList()
                    .forEach(gate -> takeStep(node.getNode(), "gate", gate, gate.getMessage())
                            .ifPresent(changes::add));
            takeNode(node, Times.instant(rollout.getStartedAt()), changes);
        }
        changes.sort(ENDS_BEFORE_BEGINNINGS);
        if (!rollout.getState().equals(state)) {
            Change change = stateChange(rollout);
            changes.add(state.isEmpty() && !rollout.hasEndedAt() ? 0 : changes.size(), change);
            state = rollout.getState();
        }
        takeStall(rollout).ifPresent(changes::add);
        return changes;
    }

    private Optional<Change> takeStall(Rollout rollout) {
        boolean begins = rollout.hasStalled() && !stalled;
        stalled = rollout.hasStalled();
        return begins
                ? Optional.of(new Change(
                        Times.instant(rollout.getStalled().getSince()),
                        "-",
                        "rollout",
                        "STALLED",
                        Words.printable(rollout.getStalled().getSubject() + " should have ended; likely cause: "
                                + rollout.getStalled().getCause())))
                : Optional.empty();
    }

    /** Width of the widest node name, for {@link Change#line}. */
    public static int nodeWidth(Rollout rollout) {
        return rollout.getNodesList().stream()
                .mapToInt(node -> Words.width(node.getNode()))
                .max()
                .orElse(1);
    }

    private Optional<Change> takeStep(String node, String subject, StepRecord step, String name) {
        String before = outcomes.put(new StepKey(node, subject, step.getStartedAt()), step.getOutcome());
        if (step.getOutcome().equals(before)) {
            return Optional.empty();
        }
        boolean running = !step.hasFinishedAt();
        Timestamp at = running ? step.getStartedAt() : step.getFinishedAt();
        List<String> note = new ArrayList<>();
        if (!running) {
            note.add(Units.elapsed(Duration.ofMillis(step.getTookMs())));
        }
        if (!name.isEmpty()) {
            note.add(Words.printable(name));
        }
        if (step.getBack()) {
            note.add("back");
        }
        if (step.getAttempt() > 1) {
            note.add("attempt " + step.getAttempt());
        }
        if (name.isEmpty()
                && !running
                && !step.getOutcome().equals("done")
                && !step.getMessage().isEmpty()) {
            note.add(Words.printable(step.getMessage()));
        }
        return Optional.of(new Change(Times.instant(at), node, subject, step.getOutcome(), String.join("  ", note)));
    }

    private void takeNode(NodeProgress node, Instant start, List<Change> changes) {
        String now = node.getState();
        if (now.equals(states.put(node.getNode(), now))) {
            return;
        }
        Instant at = node.hasSince() ? Times.instant(node.getSince()) : latest(node, start);
        switch (now) {
            case "gate" ->
                changes.add(new Change(at, node.getNode(), "gate", "running", Words.printable(node.getDetail())));
            case "held", "skipped", "retrying", "rolling back", "rolled back" ->
                changes.add(new Change(at, node.getNode(), "turn", now, Words.printable(node.getDetail())));
            case "done" -> {
                if (done.add(node.getNode())) {
                    changes.add(new Change(at, node.getNode(), "turn", now, turn(node, at)));
                }
            }
            default -> {}
        }
    }

    private static String turn(NodeProgress node, Instant end) {
        return node.getStepsList().stream()
                .filter(step -> !OUTSIDE_THE_TURN.contains(step.getPhase()))
                .map(step -> Times.instant(step.getStartedAt()))
                .min(Comparator.naturalOrder())
                .map(start -> Units.elapsed(Duration.between(start, end)))
                .orElse("");
    }

    private static Change stateChange(Rollout rollout) {
        Instant at;
        if (rollout.hasEndedAt()) {
            at = Times.instant(rollout.getEndedAt());
        } else if (rollout.hasHold() && rollout.getHold().hasSince()) {
            at = Times.instant(rollout.getHold().getSince());
        } else {
            at = rollout.getRevision() <= 1 ? Times.instant(rollout.getStartedAt()) : latest(rollout);
        }
        String note = rollout.hasEndedAt()
                ? Units.elapsed(Times.between(rollout.getStartedAt(), rollout.getEndedAt()))
                : Words.printable(rollout.getHold().getCode());
        return new Change(at, "-", "rollout", rollout.getState(), note);
    }

    /** The newest time the rollout mentions: the best that is known for what carries no time of its own. */
    private static Instant latest(Rollout rollout) {
        Instant latest = Times.instant(rollout.getStartedAt());
        for (NodeProgress node : rollout.getNodesList()) {
            latest = latest(node, latest);
        }
        return latest;
    }

    private static Instant latest(NodeProgress node, Instant atLeast) {
        Instant latest = later(atLeast, node.getSince());
        for (StepRecord step : node.getStepsList()) {
            latest = later(latest, step.hasFinishedAt() ? step.getFinishedAt() : step.getStartedAt());
        }
        for (StepRecord gate : node.getGatesList()) {
            latest = later(latest, gate.getFinishedAt());
        }
        return latest;
    }

    private static Instant later(Instant one, Timestamp other) {
        Instant instant = Times.instant(other);
        return instant.isAfter(one) ? instant : one;
    }
}
