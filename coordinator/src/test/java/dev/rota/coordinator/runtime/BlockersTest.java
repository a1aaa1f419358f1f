package dev.rota.coordinator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.fixture.Watched;
import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.rollout.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockersTest {
    private final TimersByHand loop = new TimersByHand();
    private final SortedMap<String, CheckAnswer> says = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private List<ClusterChecks.Blocker> configured = List.of(blocker("alerts"), blocker("on-call"));
    private final Blockers blockers = new Blockers(
            new Checks(
                    (check, timeout, answer) -> {
                        asked.add(check.what());
                        if (says.containsKey(check.what())) {
                            answer.accept(says.get(check.what()));
                        }
                    },
                    loop),
            cluster -> new ClusterChecks(Optional.empty(), configured),
            loop::time);

    private static ClusterChecks.Blocker blocker(String name) {
        return new ClusterChecks.Blocker(
                name, new Check.Run(List.of(name)), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private static RolloutState rollout(String... planned) {
        Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2");
        List<BlockerPlan> all = new ArrayList<>();
        for (String name : planned) {
            all.add(blocker(name).plan());
        }
        return Watched.drive(
                        shop,
                        new Oversight(
                                Optional.empty(),
                                Budget.none(),
                                all,
                                Duration.ofMinutes(10),
                                Optional.empty(),
                                List.of()))
                .rollout();
    }

    private List<BlockerAnswer> ask(RolloutState s, Duration within) {
        List<List<BlockerAnswer>> answers = new ArrayList<>();
        blockers.ask(s, answers::add);
        loop.pass(within);
        assertThat(answers).as("answers").hasSize(1);
        return answers.get(0);
    }

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    @Test
    void eachIsAskedAtMostOnceInItsIntervalAndTheAnswersComeTogether() {
        says.put("run alerts", new CheckAnswer(true, ""));
        says.put("run on-call", new CheckAnswer(false, "nobody"));
        RolloutState s = rollout("alerts", "on-call");
        List<BlockerAnswer> expected =
                List.of(new BlockerAnswer("alerts", false, ""), new BlockerAnswer("on-call", true, "nobody"));
        assertThat(ask(s, Duration.ZERO)).isEqualTo(expected);
        says.put("run on-call", new CheckAnswer(true, ""));
        loop.pass(Duration.ofMillis(4_999));
        assertThat(ask(s, Duration.ZERO)).isEqualTo(expected);
        assertThat(asked).hasSize(2);
        loop.pass(Duration.ofMillis(1));
        assertThat(ask(s, Duration.ZERO)).noneMatch(BlockerAnswer::blocks);
        assertThat(asked).hasSize(4);
    }

    @Test
    void oneThatDoesNotAnswerBlocks() {
        assertThat(ask(rollout("alerts"), Duration.ofSeconds(6)))
                .allMatch(BlockerAnswer::blocks)
                .extracting(BlockerAnswer::said)
                .containsOnly("no answer within 5000 ms");
    }

    @Test
    void oneOfThePlanThatIsNotConfiguredBlocksAndOneThatOnlyIsConfiguredIsAskedToo() {
        configured = List.of(blocker("on-call"));
        says.put("run on-call", new CheckAnswer(false, ""));
        assertThat(ask(rollout("alerts"), Duration.ZERO))
                .containsExactly(
                        new BlockerAnswer(
                                "alerts",
                                true,
                                "it cannot be asked: the configuration of the coordinator that leads has no such blocker"),
                        new BlockerAnswer("on-call", true, "it says no more"));
    }
}
