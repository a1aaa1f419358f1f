package dev.rota.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which versions a product goes through on its way to another, as its recipe declares it.
 *
 * @param by what counts as one step for a soft upgrade
 * @param releases known releases (or series, where steps are series) in order; the catalogue adds to them
 * @param minimum the oldest version an upgrade may start from
 * @param steppingStones releases that must not be jumped over
 * @param banned steps that must not be taken
 * @param migrations the scripts that take the product's data from one version to the next, in order
 */
public record PathRule(
        Kind kind,
        By by,
        List<Version> releases,
        Optional<Version> minimum,
        List<SteppingStone> steppingStones,
        List<BannedStep> banned,
        Optional<MigrationChain> migrations) {
    /** Copies the lists. */
    public PathRule {
        releases = List.copyOf(releases);
        steppingStones = List.copyOf(steppingStones);
        banned = List.copyOf(banned);
    }

    /** Kinds of path rules; the label is the word in the recipe. */
    public enum Kind {
        /** Any release to any later one. */
        DIRECT("direct"),
        /** The target at once; softly only from one release to the next. */
        CONSECUTIVE_FOR_SOFT("consecutive-for-soft"),
        /** Every release between is installed. */
        EVERY_RELEASE("every-release"),
        /** The newest release of each major is installed, the installed one's first. */
        EVERY_MAJOR("every-major"),
        /** The target at once, with every migration between. */
        CHAIN_MIGRATIONS("chain-migrations");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in the recipe. */
        public String label() {
            return label;
        }

        static Kind of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label.equals(label))
                    .findFirst()
                    .orElse(DIRECT);
        }
    }

    /** What counts as one step. */
    public enum By {
        /** Each release. */
        RELEASE("release"),
        /** Each series; within one any release follows any other. */
        SERIES("series");

        private final String label;

        By(String label) {
            this.label = label;
        }

        /** The word in the recipe. */
        public String label() {
            return label;
        }
    }

    /**
     * A release, or any that begins with its numbers, that a path from an older to a newer one must go through.
     *
     * @param from only paths that start at one of these; empty: all
     * @param to only paths that end at one of these; empty: all
     * @param why for the operator; may be empty
     */
    public record SteppingStone(Version via, Optional<VersionRange> from, Optional<VersionRange> to, String why) {
        /** Whether the path between these goes over the stone and may not leave it out. */
        public boolean between(Version start, Version end) {
            return start.compareTo(via) < 0
                    && end.compareTo(via) > 0
                    && !start.beginsWith(via)
                    && !end.beginsWith(via)
                    && from.map(range -> range.contains(start)).orElse(true)
                    && to.map(range -> range.contains(end)).orElse(true);
        }
    }

    /**
     * A step that is forbidden.
     *
     * @param from empty: from any version
     * @param to empty: to any version; one of both is given
     * @param why for the operator
     * @param instead what to install in its place; may be empty
     */
    public record BannedStep(
            Optional<VersionRange> from, Optional<VersionRange> to, String why, Optional<Version> instead) {
        /** Whether it forbids the step from one version to another. */
        public boolean forbids(Version start, Version end) {
            return from.map(range -> range.contains(start)).orElse(true)
                    && to.map(range -> range.contains(end)).orElse(true);
        }
    }
}
