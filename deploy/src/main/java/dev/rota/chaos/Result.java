package dev.rota.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a hazard.
 *
 * @param outcome held, rolled back, skipped or violated
 * @param code of the hold, or {@link #BACK}; the reason where it was skipped
 * @param sentence what {@code rota why} said it waits for
 * @param answer the commands that finished the job
 * @param servingThroughout as many nodes as must served at every look, and none without data
 * @param dataComplete every account, message and card is on every node
 * @param finished the rollout came to its end and the cluster is whole
 * @param wrong what must not be; empty when all is well
 */
record Result(
        Hazard hazard,
        String outcome,
        String code,
        String sentence,
        List<String> answer,
        boolean servingThroughout,
        boolean dataComplete,
        boolean finished,
        long millis,
        List<String> wrong,
        Map<String, Long> evidence) {

    /** The code of a node that went back by the plan's policy. */
    static final String BACK = "ROLLED_BACK";

    static final String HELD = "held";
    static final String ROLLED_BACK = "rolled back";
    static final String SKIPPED = "skipped";
    static final String VIOLATED = "violated";

    static Result skipped(Hazard hazard, String why) {
        return new Result(hazard, SKIPPED, why, "", List.of(), false, false, false, 0, List.of(), Map.of());
    }

    static Result failed(Hazard hazard, String why, long millis) {
        return new Result(hazard, VIOLATED, "", "", List.of(), false, false, false, millis, List.of(why), Map.of());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("case", hazard.name());
        fields.put("about", hazard.about());
        fields.put("outcome", outcome);
        fields.put("code", code);
        fields.put("node", hazard.expected().node());
        fields.put("phase", hazard.expected().phase());
        fields.put("sentence", sentence);
        if (hazard.expected().serving() > 0) {
            fields.put("servingThroughout", servingThroughout);
        }
        fields.put("dataComplete", dataComplete);
        fields.put("answer", answer);
        fields.put("finished", finished);
        fields.put("ms", millis);
        fields.put("wrong", wrong);
        fields.put("evidence", evidence);
        return fields;
    }
}
