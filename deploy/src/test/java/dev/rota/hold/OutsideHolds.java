package dev.rota.hold;

import dev.rota.contract.Phase;
import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.ProbeSight;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.NodeState.Gating;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Holds for what was seen from outside the nodes. */
final class OutsideHolds {
    private OutsideHolds() {}

    static Map<String, String> screens() {
        Map<String, String> all = new LinkedHashMap<>();
        Drive blocked = drive().untilGating("n2", Phase.DRAIN);
        look(blocked, OutsideHolds::blocked);
        all.put("blocked-so-far", Holds.why(blocked));
        look(blocked.wait(Duration.ofMinutes(10)), OutsideHolds::blocked);
        all.put("blocked", Holds.why(blocked));
        Drive failing = drive().untilGating("n2", Phase.DRAIN);
        look(failing, OutsideHolds::failing);
        look(failing.wait(Duration.ofMinutes(1)), OutsideHolds::failing);
        all.put("probe-fails", Holds.why(failing));
        all.put(
                "budget-exceeded",
                Holds.why(Watched.drive(Holds.chat(), Watched.budget(Duration.ofSeconds(5)))
                        .untilWorking("n2", Phase.START)
                        .wait(Duration.ofSeconds(7))
                        .away(Duration.ofMillis(5004))));
        return all;
    }

    private static Drive drive() {
        return Watched.drive(Holds.chat(), Watched.blocker());
    }

    private static void look(Drive d, Function<Instant, Sight> sight) {
        if (d.rollout().node("n2") instanceof Gating g) {
            d.send(new Event.Looked("n2", g.purpose(), g.attempt(), d.view(), sight.apply(d.now()), d.now()));
        }
    }

    private static Sight blocked(Instant now) {
        return new Sight(
                Optional.of(new ProbeSight(now, true, "", Optional.empty())),
                List.of(new BlockerAnswer(
                        Watched.ALERTS.name(), true, "the answer has '\"state\":\"active\"': \"state\":\"active\"")));
    }

    private static Sight failing(Instant now) {
        return new Sight(
                Optional.of(new ProbeSight(now, false, "no connection: Connection refused", Optional.of(now))),
                List.of(new BlockerAnswer(Watched.ALERTS.name(), false, "")));
    }
}
