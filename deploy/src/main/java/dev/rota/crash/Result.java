package dev.rota.crash;

import java.util.List;
import java.util.Map;

/**
 * What became of one cell.
 *
 * @param point where in the phase, and when the step went on
 * @param rollout the rollout it happened in; empty when there was none
 * @param holds codes of the holds a person had to answer, in order
 * @param wrong what must not be; empty when all is well
 * @param millis from the plan to the last look, for the whole rollout
 * @param evidence what was counted in the rollout, by name
 */
record Result(
        Cell cell,
        String point,
        String rollout,
        List<String> holds,
        List<String> wrong,
        long millis,
        Map<String, Long> evidence) {
    /** One word or a few. */
    String outcome() {
        if (!wrong.isEmpty()) {
            return "VIOLATED";
        }
        return holds.isEmpty() ? "ok" : "held " + String.join(", ", holds);
    }
}
