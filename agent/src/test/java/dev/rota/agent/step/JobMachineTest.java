package dev.rota.agent.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobMachineTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ledger EMPTY = Ledger.begin(T0);
    private static final Map<String, JobState> STATES = Map.of(
            "asking", new JobState.Asking(0, 0, EMPTY),
            "working", new JobState.Working(0, 0, T0, "boot", EMPTY),
            "proving", new JobState.Proving(0, 0, T0, T0.plusSeconds(1), EMPTY),
            "finished", new JobState.Finished(Verdict.done(""), EMPTY));
    private static final Map<String, JobEvent> EVENTS = Map.of(
            "already-done", new JobEvent.AlreadyDone(3),
            "begin", new JobEvent.Begin(T0, "boot", 3),
            "work-ended", new JobEvent.WorkEnded(T0.plusSeconds(1), 900, Map.of("a", "1")),
            "lost", new JobEvent.Lost(),
            "proven", new JobEvent.Proven(T0.plusSeconds(3)),
            "fail", new JobEvent.Fail(Verdict.failed(Code.NOT_PROVEN, "why", "what", "")));

    /** Every state with every event: the state that follows (of a step of two actions), or {@code rejected}. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            asking,   already-done, asking 1
            asking,   begin,        working 0
            asking,   work-ended,   rejected
            asking,   lost,         rejected
            asking,   proven,       rejected
            asking,   fail,         finished
            working,  already-done, rejected
            working,  begin,        rejected
            working,  work-ended,   proving 0
            working,  lost,         asking 0
            working,  proven,       rejected
            working,  fail,         finished
            proving,  already-done, rejected
            proving,  begin,        rejected
            proving,  work-ended,   rejected
            proving,  lost,         rejected
            proving,  proven,       asking 1
            proving,  fail,         finished
            finished, already-done, rejected
            finished, begin,        rejected
            finished, work-ended,   rejected
            finished, lost,         rejected
            finished, proven,       rejected
            finished, fail,         rejected
            """)
    void everyEventInEveryState(String state, String event, String expected) {
        Move move = new JobMachine(2).next(at(STATES, state), at(EVENTS, event));
        assertThat(move instanceof Move.To to ? describe(to.state()) : "rejected")
                .isEqualTo(expected);
    }

    private static <T> T at(Map<String, T> map, String key) {
        return java.util.Objects.requireNonNull(map.get(key), key);
    }

    private static String describe(JobState state) {
        return state.match(new JobState.Cases<>() {
            @Override
            public String asking(JobState.Asking s) {
                return "asking " + s.index();
            }

            @Override
            public String working(JobState.Working s) {
                return "working " + s.index();
            }

            @Override
            public String proving(JobState.Proving s) {
                return "proving " + s.index();
            }

            @Override
            public String finished(JobState.Finished s) {
                return "finished";
            }
        });
    }

    @Test
    void theTableKnowsEveryStateAndEvent() {
        assertThat(STATES.values().stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(permitted(JobState.class));
        assertThat(EVENTS.values().stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(permitted(JobEvent.class));
    }

    private static List<Class<?>> permitted(Class<?> sealed) {
        return List.copyOf(Arrays.asList(sealed.getPermittedSubclasses()));
    }

    @Test
    void theLastActionEndsTheStep() {
        Move move = new JobMachine(1).next(at(STATES, "proving"), new JobEvent.Proven(T0.plusSeconds(3)));
        assertThat(move)
                .isInstanceOfSatisfying(
                        Move.To.class,
                        to -> assertThat(to.state()).isInstanceOfSatisfying(JobState.Finished.class, f -> {
                            assertThat(f.verdict().outcome()).isEqualTo(Outcome.DONE);
                            assertThat(f.ledger().waitMs()).isEqualTo(2000);
                        }));
        assertThat(new JobMachine(0).begin(T0)).isInstanceOf(JobState.Finished.class);
    }

    @Test
    void timesAddUpAndFactsAreReplaced() {
        Ledger ledger = EMPTY.withWork(10, Map.of("a", "1", "b", "1"))
                .withWork(20, Map.of("a", "2"))
                .withWait(5)
                .withWait(6);
        assertThat(ledger.commandMs()).isEqualTo(30);
        assertThat(ledger.waitMs()).isEqualTo(11);
        assertThat(ledger.facts()).isEqualTo(new TreeMap<>(Map.of("a", "2", "b", "1")));
    }

    @Test
    void factsAreBounded() {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("fact" + i, "x".repeat(5000));
        }
        Ledger ledger = EMPTY.withWork(0, many);
        assertThat(ledger.facts()).hasSize(64);
        assertThat(ledger.facts().values()).allMatch(v -> v.length() == 4096);
    }

    @Test
    void verdictsAreBounded() {
        Verdict verdict =
                Verdict.failed(Code.TIMED_OUT, "m".repeat(3000), "t".repeat(3000), "o".repeat(40_000) + "end");
        assertThat(verdict.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(verdict.message()).hasSize(2000).endsWith("...");
        assertThat(verdict.failedAction()).hasSize(1000);
        assertThat(verdict.output()).hasSize(32_768).endsWith("end");
    }

    /** All sequences of up to six events on a step of two actions: the index never falls, a finished step stays. */
    @Test
    void aStepOnlyGoesForward() {
        JobMachine machine = new JobMachine(2);
        List<JobState> frontier = new ArrayList<>(List.of(machine.begin(T0)));
        for (int depth = 0; depth < 6; depth++) {
            List<JobState> next = new ArrayList<>();
            for (JobState state : frontier) {
                for (JobEvent event : EVENTS.values()) {
                    if (machine.next(state, event) instanceof Move.To to) {
                        assertThat(position(to.state())).isGreaterThanOrEqualTo(position(state));
                        assertThat(state).isNotInstanceOf(JobState.Finished.class);
                        next.add(to.state());
                    }
                }
            }
            assertThat(next).isNotEmpty();
            frontier = next;
        }
    }

    private static int position(JobState state) {
        String text = describe(state);
        return text.equals("finished") ? Integer.MAX_VALUE : Integer.parseInt(text.substring(text.length() - 1));
    }
}
