package dev.rota.agent.action;

import java.time.Instant;
import java.util.Map;

/**
 * Work that ended well.
 *
 * @param endedAt when it ended, which may be earlier than when that was noticed
 * @param spentMs milliseconds inside the product's own commands and endpoints
 * @param facts what was found
 * @param output of the command or endpoint; may be empty
 */
public record Done(Instant endedAt, long spentMs, Map<String, String> facts, String output) {
    /** Work of the agent itself, which the product has no part in. */
    static Done at(Instant now) {
        return new Done(now, 0, Map.of(), "");
    }

    /** Work of the agent itself that found something. */
    static Done at(Instant now, Map<String, String> facts) {
        return new Done(now, 0, facts, "");
    }
}
