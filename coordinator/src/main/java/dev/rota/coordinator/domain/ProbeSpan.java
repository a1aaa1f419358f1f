package dev.rota.coordinator.domain;

import java.time.Instant;

/**
 * Probes in a row with the same outcome and no hole between them.
 *
 * @param first when the first of them was sent, by the leader's clock
 * @param last when the last of them was sent
 * @param count at least 1
 * @param said what the last of them said; empty when there is nothing to say
 */
public record ProbeSpan(boolean ok, Instant first, Instant last, long count, String said) {
    /** One probe. */
    public static ProbeSpan of(boolean ok, Instant at, String said) {
        return new ProbeSpan(ok, at, at, 1, said);
    }

    /** With one more probe of the same outcome. */
    public ProbeSpan and(Instant at, String what) {
        return new ProbeSpan(ok, first, at, count + 1, what);
    }
}
