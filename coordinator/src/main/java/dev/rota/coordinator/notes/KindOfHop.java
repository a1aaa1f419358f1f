package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.language.Hop;
import java.util.List;
import java.util.Optional;

/** Statements about one kind of step: a dot, patch or maintenance release. */
final class KindOfHop {
    private static final List<String> WORDS = List.of(
            "dot release",
            "patch release",
            "point release",
            "maintenance release",
            "maintenance upgrade",
            "bugfix release",
            "bug fix release",
            "security release");

    private KindOfHop() {}

    /** Whether a hop is of the kind a sentence (in lower case) speaks of; nothing when it speaks of none. */
    static Optional<Boolean> named(String sentence, Hop hop) {
        if (WORDS.stream().noneMatch(sentence::contains)) {
            return Optional.empty();
        }
        return Optional.of(
                hop.from().sameSeries(hop.to(), 2) && hop.to().parts().size() > 2);
    }
}
