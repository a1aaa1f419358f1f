package dev.rota.chaos;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All hazards there are. */
final class Hazards {
    private static final List<String> QUICK = List.of("start-fails-policy", "join-that-wipes", "wrong-cookie");

    private Hazards() {}

    /** All, in the order they are tried. */
    static List<Hazard> all() {
        return Stream.concat(StepHazards.all().stream(), ProductHazards.all().stream())
                .toList();
    }

    /** A few that stand for the rest. */
    static List<Hazard> quick() {
        return QUICK.stream().map(Hazards::named).flatMap(Optional::stream).toList();
    }

    /** The one of that name. */
    static Optional<Hazard> named(String name) {
        return all().stream().filter(h -> h.name().equals(name)).findFirst();
    }
}
