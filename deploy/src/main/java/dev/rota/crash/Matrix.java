package dev.rota.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All cells, and which of them make sense. */
final class Matrix {
    /** The phases of the sample's recipe, in order. */
    static final List<String> PHASES = List.of(
            "stage", "check", "backup", "drain", "leave", "stop", "install", "start", "join", "verify", "undrain",
            "cleanup");

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

    /** Every cell that makes sense, phase by phase. */
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (String phase : PHASES) {
            Arrays.stream(Deed.values())
                    .map(deed -> new Cell(phase, deed))
                    .filter(cell -> senseless(cell).isEmpty())
                    .forEach(cells::add);
        }
        return cells;
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
