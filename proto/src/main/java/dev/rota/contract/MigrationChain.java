package dev.rota.contract;

import java.util.List;
import java.util.Optional;

/**
 * The scripts a product brings to take its data from one version to the next. They follow on each other without a gap.
 *
 * @param steps in the order they run in
 * @param withinSeries script for a step that none of them is for; empty: there is nothing to run
 */
public record MigrationChain(List<Migration> steps, Optional<String> withinSeries) {
    /** Copies the steps. */
    public MigrationChain {
        steps = List.copyOf(steps);
    }

    /**
     * One script.
     *
     * @param names what its file is called, the newest name first: products have renamed them
     */
    public record Migration(Version from, Version to, List<String> names) {
        /** Copies the names. */
        public Migration {
            names = List.copyOf(names);
        }
    }

    /** Where a version stands in the chain: the newest point the chain passes that is not newer; nothing if none is of its series. */
    public Optional<Version> point(Version version, int seriesParts) {
        return steps.stream()
                .flatMap(step -> List.of(step.from(), step.to()).stream())
                .filter(point -> point.compareNumbers(version) <= 0)
                .max(Version::compareTo)
                .filter(point -> point.sameSeries(version, seriesParts));
    }

    /** The scripts between two points of the chain, in order. */
    public List<Migration> between(Version start, Version end) {
        return steps.stream()
                .filter(step -> step.from().compareTo(start) >= 0 && step.to().compareTo(end) <= 0)
                .toList();
    }
}
