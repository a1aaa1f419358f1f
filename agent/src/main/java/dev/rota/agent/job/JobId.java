package dev.rota.agent.job;

import dev.rota.contract.Phase;
import dev.rota.wire.agent.v1.StepId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of a step, checked so that it can name a directory.
 *
 * @param rollout 1 to 64 letters, digits and {@code ._-}, not beginning with a dot
 * @param node the node whose turn it is: 1 to 128 letters, digits and {@code ._@-}, not beginning with a dot
 * @param attempt 1 to 9999
 */
public record JobId(String rollout, String node, Phase phase, int attempt) implements Comparable<JobId> {
    private static final Pattern ROLLOUT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOP = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}");
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,127}");
    private static final Pattern NAME = Pattern.compile("(?<node>.+)\\.(?<phase>[a-z]+)\\.(?<attempt>\\d{1,4})");
    private static final int MAX_ATTEMPT = 9_999;

    /** Refuses names that could leave their directory. */
    public JobId {
        if (!ROLLOUT.matcher(rollout).matches()) {
            throw new IllegalArgumentException("'" + rollout + "' cannot be a rollout's id");
        }
        if (!NODE.matcher(node).matches()) {
            throw new IllegalArgumentException("'" + node + "' cannot be a node's name");
        }
        if (attempt < 1 || attempt > MAX_ATTEMPT) {
            throw new IllegalArgumentException("attempt " + attempt + " is not between 1 and " + MAX_ATTEMPT);
        }
    }

    /**
     * Checks the id of a hop of a rollout, so that it can name a directory.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static String hop(String id) {
        if (!HOP.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' cannot be a hop's id");
        }
        return id;
    }

    /**
     * Reads an identity from the wire.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JobId of(StepId id) {
        Phase phase = Phase.of(id.getPhase())
                .orElseThrow(() -> new IllegalArgumentException("'" + id.getPhase() + "' is no phase"));
        return new JobId(id.getRolloutId(), id.getNode(), phase, id.getAttempt());
    }

    /** Reads an identity back from its directory's name; nothing if it is not one of ours. */
    static Optional<JobId> of(String rollout, String name) {
        Matcher m = NAME.matcher(name);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            return Phase.of(m.group("phase"))
                    .map(phase -> new JobId(rollout, m.group("node"), phase, Integer.parseInt(m.group("attempt"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The directory of this step below the directory of all. */
    Path in(Path jobs) {
        return jobs.resolve(rollout).resolve(node + "." + phase.label() + "." + attempt);
    }

    /** The identity as it goes over the wire. */
    public StepId wire() {
        return StepId.newBuilder()
                .setRolloutId(rollout)
                .setNode(node)
                .setPhase(phase.label())
                .setAttempt(attempt)
                .build();
    }

    @Override
    public int compareTo(JobId other) {
        return toString().compareTo(other.toString());
    }

    /** For logs: {@code r1 n2 leave 1}. */
    @Override
    public String toString() {
        return rollout + " " + node + " " + phase.label() + " " + attempt;
    }
}
