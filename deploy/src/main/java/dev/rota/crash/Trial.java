package dev.rota.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A cell with what is left open decided.
 *
 * @param node whose turn it happens in
 * @param point where in the phase the step waits for the deed
 * @param early whether the step goes on while the deed lasts, and not after it
 * @param holds codes of the holds that followed, in order
 */
record Trial(Cell cell, String node, String point, boolean early, List<String> holds) {
    static Trial of(Cell cell, String node, long seed) {
        Random random = new Random(seed * 31 + cell.toString().hashCode());
        List<String> points = Matrix.points(cell);
        String point = points.get(random.nextInt(points.size()));
        boolean early = random.nextBoolean() && cell.deed() != Deed.PRODUCT;
        return new Trial(cell, node, point, early, new ArrayList<>());
    }

    Result result(String rollout, List<String> wrong, long millis, Map<String, Long> evidence) {
        String when = point + " on " + node + ", the step goes on " + (early ? "meanwhile" : "afterwards");
        return new Result(cell, when, rollout, List.copyOf(holds), wrong, millis, evidence);
    }
}
