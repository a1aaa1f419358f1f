package dev.rota.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All cells, and which of them make sense. */
final class Matrix {
    /** The phases of the sample's recipe, in order. */
    static final List<String> PHASES = List.of(
            "stage", "check", "backup", "drain", "leave", "stop", "install", "start", "join", "verify", "undrain",
            "cleanup");

    private static final int CELLS_PER_ROLLOUT = 3;
    private static final Set<String> PRODUCT_IS_DOWN = Set.of("stop", "install");
    private static final List<String> QUICK = List.of(
            "stage/leader",
            "backup/agent",
            "drain/follower",
            "leave/leader",
            "install/all",
            "start/stopped",
            "join/agent",
            "verify/product",
            "undrain/cut",
            "cleanup/leader");

    private Matrix() {}

    /** Why there is no such cell. */
    static Optional<String> senseless(Cell cell) {
        return cell.deed() == Deed.PRODUCT && PRODUCT_IS_DOWN.contains(cell.phase())
                ? Optional.of("the product does not run in that phase")
                : Optional.empty();
    }

    /** Every cell that makes sense, deed by deed; those that follow each other lie far apart in a rollout. */
    static List<Cell> all() {
        int apart = PHASES.size() / CELLS_PER_ROLLOUT;
        List<Cell> cells = new ArrayList<>();
        for (Deed deed : Deed.values()) {
            for (int first = 0; first < apart; first++) {
                for (int phase = first; phase < PHASES.size(); phase += apart) {
                    Cell cell = new Cell(PHASES.get(phase), deed);
                    if (senseless(cell).isEmpty()) {
                        cells.add(cell);
                    }
                }
            }
        }
        return cells;
    }

    /** The cells that are tried in one rollout each, one on each node. */
    static List<List<Cell>> rollouts(List<Cell> cells) {
        List<List<Cell>> rollouts = new ArrayList<>();
        for (int first = 0; first < cells.size(); first += CELLS_PER_ROLLOUT) {
            rollouts.add(cells.subList(first, Math.min(cells.size(), first + CELLS_PER_ROLLOUT)));
        }
        return rollouts;
    }

    /** A few that stand for the rest: every deed, and phases before, inside and after the time a node is out of service. */
    static List<Cell> quick() {
        return QUICK.stream().map(Matrix::cell).flatMap(Optional::stream).toList();
    }

    /** The cell of that name, {@code PHASE/DEED}, if it makes sense. */
    static Optional<Cell> cell(String text) {
        return all().stream().filter(cell -> cell.toString().equals(text)).findFirst();
    }

    /** At which points of its phase the deed can be done. */
    static List<String> points(Cell cell) {
        if (cell.deed() == Deed.PRODUCT && cell.phase().equals("leave")) {
            return List.of(Points.BEGIN);
        }
        if (cell.deed() == Deed.PRODUCT && cell.phase().equals("start")) {
            return List.of(Points.END);
        }
        return List.of(Points.BEGIN, Points.END);
    }
}
