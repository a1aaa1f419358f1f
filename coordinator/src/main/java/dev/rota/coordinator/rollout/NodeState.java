package dev.rota.coordinator.rollout;

import dev.rota.contract.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a node is in its lane of the current batch. {@code step} is the index in that lane; it never decreases within a batch.
 * Each state offers only its legal moves.
 */
public sealed interface NodeState {

    /** Has nothing to do in the current batch, or has done it. */
    record Waiting() implements NodeState {
        /** Its lane begins. */
        Ready begin() {
            return new Ready(0);
        }
    }

    /** The step at this index is the next to start. */
    record Ready(int step) implements NodeState {
        Working work(Phase phase, int attempt, String executor, Optional<String> peer, Instant now, Instant deadline) {
            return new Working(step, phase, attempt, executor, peer, now, deadline);
        }

        Gating gate(Phase phase, GatePurpose purpose, int attempt, Instant now) {
            return Gating.begin(step, phase, purpose, attempt, now);
        }

        /** The step at this index has nothing to do. */
        Ready skip() {
            return new Ready(step + 1);
        }

        /** The lane has no more steps, or none of them is to be begun. */
        Waiting laneDone() {
            return new Waiting();
        }

        /** The node's turn is taken back because that of another one is. */
        Ready turnBack() {
            return new Ready(0);
        }
    }

    /**
     * An agent carries the step out.
     *
     * @param executor node whose agent does it
     * @param peer the serving node that helps: carries the step out, or is joined
     * @param deadline when the coordinator stops waiting for an answer
     */
    record Working(
            int step, Phase phase, int attempt, String executor, Optional<String> peer, Instant since, Instant deadline)
            implements NodeState {
        Ready done() {
            return new Ready(step + 1);
        }

        /** The actions of the phase are done, its health gate comes next. */
        Gating thenGate(GatePurpose purpose, Instant now) {
            return Gating.begin(step, phase, purpose, attempt, now);
        }

        Stuck stuck() {
            return new Stuck(step, phase, attempt, Optional.empty());
        }
    }

    /**
     * A condition must come to hold, and keep holding.
     *
     * @param since when the gate began
     * @param passingSince since when it holds without a break; empty while it does not
     * @param failingSince since when it fails without a break, or when it began; meaningless while it holds
     * @param evidence why it does not hold, one line each
     * @param trace how it came to that
     */
    record Gating(
            int step,
            Phase phase,
            GatePurpose purpose,
            int attempt,
            Instant since,
            Optional<Instant> passingSince,
            Instant failingSince,
            List<String> evidence,
            GateTrace trace)
            implements NodeState {
        /** Copies the evidence. */
        public Gating {
            evidence = List.copyOf(evidence);
        }

        /** A gate of which only the present is known. */
        public Gating(
                int step,
                Phase phase,
                GatePurpose purpose,
                int attempt,
                Instant since,
                Optional<Instant> passingSince,
                Instant failingSince,
                List<String> evidence) {
            this(step, phase, purpose, attempt, since, passingSince, failingSince, evidence, GateTrace.none());
        }

        /** A gate that was not looked at yet. */
        static Gating begin(int step, Phase phase, GatePurpose purpose, int attempt, Instant now) {
            return new Gating(step, phase, purpose, attempt, now, Optional.empty(), now, List.of(), GateTrace.none());
        }

        Gating passing(Instant now) {
            return new Gating(
                    step,
                    phase,
                    purpose,
                    attempt,
                    since,
                    passingSince.or(() -> Optional.of(now)),
                    failingSince,
                    List.of(),
                    trace.and(now, List.of()));
        }

        Gating failing(Instant now, List<Problem> why) {
            Instant from = passingSince.isPresent() ? now : failingSince;
            List<String> sentences = why.stream().map(Problem::sentence).toList();
            return new Gating(
                    step, phase, purpose, attempt, since, Optional.empty(), from, sentences, trace.and(now, why));
        }

        /** The gate guarded the start of this step's actions. */
        Working work(String executor, Optional<String> peer, int newAttempt, Instant now, Instant deadline) {
            return new Working(step, phase, newAttempt, executor, peer, now, deadline);
        }

        /** The take-out gate has passed, the leave gate comes next. */
        Gating thenGate(GatePurpose next, Instant now) {
            return Gating.begin(step, phase, next, attempt, now);
        }

        Ready done() {
            return new Ready(step + 1);
        }

        /** Another node's failure keeps this one in service; its gate begins anew. */
        Ready stay() {
            return new Ready(step);
        }

        Stuck stuck() {
            return new Stuck(step, phase, attempt, Optional.of(purpose));
        }
    }

    /**
     * The step has failed, and will be tried again by itself.
     *
     * @param attempt that failed
     * @param until when it is tried again
     * @param why one sentence
     */
    record Retrying(int step, Phase phase, int attempt, Instant until, String why) implements NodeState {
        /** The pause is over. */
        Ready again() {
            return new Ready(step);
        }
    }

    /** Waits for a person: the step or its gate failed. */
    record Stuck(int step, Phase phase, int attempt, Optional<GatePurpose> gate) implements NodeState {
        /** A person asked for another attempt. */
        Ready retry() {
            return new Ready(step);
        }

        /** It will be tried again by itself. */
        Retrying retryAt(Instant until, String why) {
            return new Retrying(step, phase, attempt, until, why);
        }

        /** The node's turn is taken back: the way back begins. */
        Ready turnBack() {
            return new Ready(0);
        }

        /** A person has this step left out. */
        Ready skip() {
            return new Ready(step + 1);
        }

        /** A person has the rest of the lane left out. */
        Waiting leaveOut() {
            return new Waiting();
        }
    }

    /** Position in the lane; a lane that is done, or has not begun, counts as behind its last step. */
    default int step() {
        return Integer.MAX_VALUE;
    }

    /** Dispatches over all states; a new state breaks every caller at compile time. */
    default <R> R match(Cases<R> cases) {
        if (this instanceof Waiting s) {
            return cases.waiting(s);
        } else if (this instanceof Ready s) {
            return cases.ready(s);
        } else if (this instanceof Working s) {
            return cases.working(s);
        } else if (this instanceof Gating s) {
            return cases.gating(s);
        } else if (this instanceof Retrying s) {
            return cases.retrying(s);
        } else {
            return cases.stuck((Stuck) this);
        }
    }

    /** One answer per state. */
    interface Cases<R> {
        R waiting(Waiting s);

        R ready(Ready s);

        R working(Working s);

        R gating(Gating s);

        R retrying(Retrying s);

        R stuck(Stuck s);
    }
}
