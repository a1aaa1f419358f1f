package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorTest {
    private static final String DONE = "";
    private static final String MANUAL = "MANUAL_STEP - -";
    private static final String START_FAILED = "STEP_FAILED n2 start";
    private static final Operator.Fault START_ON_N2 = new Operator.Fault("n2", "start");

    /** A rollout that is held as often as it is told to. */
    private static final class Fake implements Operator.Desk {
        private final Deque<String> holds;
        private final List<String> done = new ArrayList<>();
        private String current = DONE;
        private int refusal;

        Fake(String... holds) {
            this.holds = new ArrayDeque<>(List.of(holds));
        }

        @Override
        public int rota(String... words) {
            done.add(String.join(" ", words));
            return switch (words[0] + " " + words[1]) {
                case "apply P", "rollouts watch" -> {
                    current = holds.isEmpty() ? DONE : holds.pop();
                    yield current.equals(DONE) ? 0 : Operator.HELD;
                }
                case "rollouts confirm", "rollouts retry" -> refusal;
                default -> 0;
            };
        }

        @Override
        public JsonObject rollout() {
            String[] hold = current.split(" ", -1);
            return Json.parse("{\"hold\": {\"code\": \"%s\", \"node\": \"%s\", \"phase\": \"%s\"}}"
                    .formatted(hold[0], hold[1], hold[2]));
        }

        @Override
        public void askNodes() {}

        @Override
        public void heal() {
            done.add("heal");
        }

        @Override
        public void say(String line) {}
    }

    private static Operator operator(Fake desk, Optional<Operator.Fault> fault, boolean heal) {
        return new Operator(desk, "chat", fault, heal);
    }

    @Test
    void confirmsManualStepsAsOftenAsItIsAsked() throws IOException, InterruptedException {
        Fake desk = new Fake(MANUAL, MANUAL);
        assertThat(operator(desk, Optional.empty(), false).carryOut("P")).isZero();
        assertThat(desk.done)
                .containsExactly(
                        "apply P --wait",
                        "why chat",
                        "rollouts confirm chat --all",
                        "rollouts watch chat",
                        "why chat",
                        "rollouts confirm chat --all",
                        "rollouts watch chat");
    }

    @Test
    void confirmsNoOtherHold() throws IOException, InterruptedException {
        Fake desk = new Fake("AGENT_SILENT n1 start");
        assertThat(operator(desk, Optional.empty(), false).carryOut("P")).isEqualTo(Operator.HELD);
        assertThat(desk.done).containsExactly("apply P --wait", "why chat");
    }

    @Test
    void endsWithTheCodeOfARefusal() throws IOException, InterruptedException {
        Fake desk = new Fake(MANUAL, MANUAL);
        desk.refusal = 3;
        assertThat(operator(desk, Optional.empty(), false).carryOut("P")).isEqualTo(3);
    }

    @Test
    void leavesARolloutHeldThatWasToFail() throws IOException, InterruptedException {
        Fake desk = new Fake(MANUAL, START_FAILED);
        Operator operator = operator(desk, Optional.of(START_ON_N2), false);
        assertThat(operator.carryOut("P")).isEqualTo(Operator.HELD);
        assertThat(operator.wrong()).isEmpty();
        assertThat(desk.done).doesNotContain("heal", "rollouts retry chat");
    }

    @Test
    void healsWhatWasToFailOnceAndConfirmsAfterwards() throws IOException, InterruptedException {
        Fake desk = new Fake(START_FAILED, MANUAL);
        Operator operator = operator(desk, Optional.of(START_ON_N2), true);
        assertThat(operator.carryOut("P")).isZero();
        assertThat(operator.wrong()).isEmpty();
        assertThat(desk.done).containsSubsequence("heal", "rollouts retry chat", "rollouts confirm chat --all");

        Fake again = new Fake(START_FAILED, START_FAILED);
        assertThat(operator(again, Optional.of(START_ON_N2), true).carryOut("P"))
                .isEqualTo(Operator.HELD);
        assertThat(again.done).containsOnlyOnce("heal");
    }

    @Test
    void healsNothingElse() throws IOException, InterruptedException {
        Fake desk = new Fake("STEP_FAILED n1 start");
        Operator operator = operator(desk, Optional.of(START_ON_N2), true);
        assertThat(operator.carryOut("P")).isEqualTo(Operator.HELD);
        assertThat(operator.wrong()).containsExactly("phase start was to fail on n2, and did not");
        assertThat(desk.done).doesNotContain("heal", "rollouts retry chat");
    }

    @Test
    void aFaultThatNeverCameIsWrong() throws IOException, InterruptedException {
        Operator operator = operator(new Fake(MANUAL), Optional.of(START_ON_N2), true);
        assertThat(operator.carryOut("P")).isZero();
        assertThat(operator.wrong()).hasSize(1);
    }
}
