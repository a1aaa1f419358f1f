package dev.rota.cli.view;

import dev.rota.cli.view.layout.Cell;
import dev.rota.cli.view.layout.Column;
import dev.rota.cli.view.layout.Page;
import dev.rota.cli.view.layout.Table;
import dev.rota.cli.view.layout.Text;
import dev.rota.cli.view.layout.Units;
import dev.rota.wire.operator.v1.Rollout;
import dev.rota.wire.operator.v1.RolloutList;

/** Rollouts, one row each. */
public final class RolloutsView {
    private RolloutsView() {}

    public static String text(RolloutList rollouts, Page page) {
        if (rollouts.getRolloutsList().isEmpty()) {
            return "No rollouts.\n";
        }
        Table table = Table.of(
                Column.left("ROLLOUT"),
                Column.left("CLUSTER"),
                Column.folded("PATH", 8),
                Column.left("MODE"),
                Column.left("STATE"),
                Column.right("STEPS"),
                Column.folded("STARTED", 10),
                Column.right("TOOK"));
        rollouts.getRolloutsList()
                .forEach(rollout -> table.row(
                        Cell.of(Ids.shown(rollout.getId())),
                        Cell.of(rollout.getCluster()),
                        Cell.of(rollout.getFrom() + " -> " + rollout.getTo()),
                        Cell.of(rollout.getMode()),
                        Cell.state(rollout.getState()),
                        Cell.of(rollout.getStepsDone() + "/" + rollout.getStepsTotal()),
                        Cell.of(rollout.hasStartedAt() ? Times.full(rollout.getStartedAt()) : ""),
                        Cell.of(took(rollout, page))));
        return new Text(page).table(0, table).toString();
    }

    /** How long the rollout took, or has taken so far; empty before its start. */
    static String took(Rollout rollout, Page page) {
        if (!rollout.hasStartedAt()) {
            return "";
        }
        return rollout.hasEndedAt()
                ? Units.elapsed(Times.between(rollout.getStartedAt(), rollout.getEndedAt()))
                : Times.age(rollout.getStartedAt(), page);
    }
}
