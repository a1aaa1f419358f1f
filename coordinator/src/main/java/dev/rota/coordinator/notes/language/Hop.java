package dev.rota.coordinator.notes.language;

import dev.rota.contract.Version;

/** A step from one release to a later one, as notes are read for it. */
public record Hop(Version from, Version to) {
    /** Whether a release, with its patch releases, is passed or reached on the way. */
    public boolean reaches(VersionRange range) {
        return range.low().compareTo(from) > 0 && range.low().compareTo(end()) <= 0;
    }

    /** Whether the hop starts at one of these releases. */
    public boolean leaves(VersionRange range) {
        return range.contains(from) || VersionRange.of(from).contains(range.low());
    }

    /** A target of fewer numbers stands for its series: 7.8 is also 7.8.5. */
    public Version end() {
        return VersionRange.of(to).high();
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
