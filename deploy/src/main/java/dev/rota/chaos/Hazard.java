package dev.rota.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that goes wrong in an upgrade, what must follow, and how the documentation says it is mended.
 *
 * @param name stable, for {@code --cases} and the report
 * @param about one line
 * @param expected the hold, or the way back, that must follow
 * @param words more arguments of {@code rota plan}
 * @param needsDisks whether nodes need small disks of their own
 * @param before done before the plan is made
 * @param planned done when there is a plan, before it is applied
 * @param point where the rollout waits for the deed; empty when there is none
 * @param deed done at the point
 * @param remedy takes the cause away, as the documentation says
 * @param remedyText the same in words
 * @param ending what is done after the remedy
 */
record Hazard(
        String name,
        String about,
        Expectation expected,
        List<String> words,
        boolean needsDisks,
        Deed before,
        Deed planned,
        Optional<Point> point,
        Deed deed,
        Deed remedy,
        String remedyText,
        Ending ending) {

    /** Something done to the cluster. */
    interface Deed {
        void to(Rig rig) throws IOException, InterruptedException;
    }

    /** Where a step waits: a phase of a node's turn, at its begin or end. */
    record Point(String phase, String node, String at) {}

    /** How a rollout goes on when its cause was taken away. */
    enum Ending {
        /** The command that {@code rota why} prints for {@code retry}. */
        RETRY,
        /** The command that {@code rota why} prints for {@code abort}; then the right release is added, planned and applied. */
        ABORT_AND_REPLACE,
        /** The command that {@code rota why} prints for {@code rollback}; when the node is back, it is planned and applied again. */
        ROLLBACK,
        /** None: the plan's policy takes the node back, nothing is held; then it is planned and applied again. */
        POLICY
    }

    /**
     * What must be seen.
     *
     * @param code of the hold, or {@link Result#BACK} where the plan's policy takes the node back
     * @param node it is about
     * @param phase it is in
     * @param says what the sentence must name
     * @param shows what sentence or evidence must name
     * @param serving how many nodes serve at any time at least
     * @param serversDie whether a serving node is killed, so that clients may notice
     */
    record Expectation(
            String code,
            String node,
            String phase,
            List<String> says,
            List<String> shows,
            int serving,
            boolean serversDie) {}

    static Builder named(String name, String about) {
        return new Builder(name, about);
    }

    /** Puts a hazard together; what is not said is: nothing is done, two nodes serve at any time, the answer is retry. */
    static final class Builder {
        private static final int OTHERS = 2;

        private final String name;
        private final String about;
        private final List<String> words = new ArrayList<>();
        private boolean needsDisks;
        private Deed before = rig -> {};
        private Deed planned = rig -> {};
        private Optional<Point> point = Optional.empty();
        private Deed deed = rig -> {};
        private Deed remedy = rig -> {};
        private String remedyText = "";
        private Ending ending = Ending.RETRY;
        private Expectation expected = new Expectation("", "", "", List.of(), List.of(), OTHERS, false);

        private Builder(String name, String about) {
            this.name = name;
            this.about = about;
        }

        Builder plan(String... more) {
            words.addAll(List.of(more));
            return this;
        }

        Builder needsDisks() {
            needsDisks = true;
            return this;
        }

        Builder before(Deed deed) {
            before = deed;
            return this;
        }

        Builder planned(Deed deed) {
            planned = deed;
            return this;
        }

        Builder at(String phase, String node, String at, Deed deed) {
            point = Optional.of(new Point(phase, node, at));
            this.deed = deed;
            return this;
        }

        Builder held(String code, String node, String phase, String... says) {
            expected = new Expectation(
                    code, node, phase, List.of(says), expected.shows(), expected.serving(), expected.serversDie());
            return this;
        }

        Builder shows(String... words) {
            expected = new Expectation(
                    expected.code(),
                    expected.node(),
                    expected.phase(),
                    expected.says(),
                    List.of(words),
                    expected.serving(),
                    expected.serversDie());
            return this;
        }

        /** The deed kills nodes that serve; at least that many go on. */
        Builder serversDie(int serving) {
            expected = new Expectation(
                    expected.code(),
                    expected.node(),
                    expected.phase(),
                    expected.says(),
                    expected.shows(),
                    serving,
                    true);
            return this;
        }

        Builder remedy(String text, Deed deed) {
            remedyText = text;
            remedy = deed;
            return this;
        }

        Builder ending(Ending ending) {
            this.ending = ending;
            return this;
        }

        Hazard build() {
            return new Hazard(
                    name,
                    about,
                    expected,
                    List.copyOf(words),
                    needsDisks,
                    before,
                    planned,
                    point,
                    deed,
                    remedy,
                    remedyText,
                    ending);
        }
    }
}
