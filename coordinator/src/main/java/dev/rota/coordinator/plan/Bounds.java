package dev.rota.coordinator.plan;

/**
 * How many nodes may be out of service at once, as numbers.
 *
 * @param maxUnavailable at most so many are out of service
 * @param minServing at least so many serve
 * @param maxAsked how it was asked for where it was a percentage, else empty
 * @param minAsked likewise
 */
record Bounds(int maxUnavailable, int minServing, String maxAsked, String minAsked) {
    /** Of a cluster of so many nodes: what may be out is rounded down, to at least one; what must serve is rounded up. */
    static Bounds of(PlanRequest request, int nodes) {
        int max = request.turns().maxUnavailablePercent();
        int min = request.turns().minServingPercent();
        return new Bounds(
                max == 0 ? request.maxUnavailable() : Math.max(1, nodes * max / 100),
                min == 0 ? request.minServing() : (nodes * min + 99) / 100,
                max == 0 ? "" : max + "%",
                min == 0 ? "" : min + "%");
    }

    /** As it was asked for, with the number that means. */
    String max() {
        return maxAsked.isEmpty() ? "" + maxUnavailable : maxAsked + " (" + maxUnavailable + ")";
    }

    /** Likewise. */
    String min() {
        return minAsked.isEmpty() ? "" + minServing : minAsked + " (" + minServing + ")";
    }

    /** How many nodes of a cluster may be out of service at once, whatever else is asked. */
    int atOnce(int nodes) {
        return Math.min(maxUnavailable, nodes - minServing);
    }
}
