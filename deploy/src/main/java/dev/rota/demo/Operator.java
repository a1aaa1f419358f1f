package dev.rota.demo;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The person at the command line while a rollout is under way: confirms what only a person can do, and takes a cause away that was put
 * there on purpose. A rollout that is held for anything else stays held.
 */
final class Operator {
    /** Exit code of {@code rota} when a rollout waits for a person. */
    static final int HELD = 7;
    /** Exit code of {@code rota} when a rollout ended badly; one that went back by itself did. */
    static final int ENDED_BADLY = 6;

    private static final String MANUAL_STEP = "MANUAL_STEP";

    private final Desk desk;
    private final String cluster;
    private final Optional<Fault> fault;
    private final boolean heal;
    private boolean faultSeen;
    private boolean healed;
    private final List<String> wrong = new ArrayList<>();

    /** A phase that is going to fail on a node. */
    record Fault(String node, String phase) {
        boolean caused(JsonObject hold) {
            return Json.text(hold, "node").equals(node)
                    && Json.text(hold, "phase").equals(phase);
        }
    }

    /** What the person has before them. */
    interface Desk {
        /** Shows a command of {@code rota}, runs it and shows what it prints; its exit code. */
        int rota(String... words) throws IOException, InterruptedException;

        /** The rollout as {@code rota rollouts show --output json} prints it. */
        JsonObject rollout() throws IOException, InterruptedException;

        /** Shows what the nodes say when they are asked directly. */
        void askNodes() throws InterruptedException;

        /** Takes the cause of the fault away. */
        void heal() throws IOException;

        /** Says what is going on. */
        void say(String line);
    }

    /**
     * Somebody who looks after that cluster.
     *
     * @param fault what is going to fail, as this person knows
     * @param heal take the cause away and let the rollout go on
     */
    Operator(Desk desk, String cluster, Optional<Fault> fault, boolean heal) {
        this.desk = desk;
        this.cluster = cluster;
        this.fault = fault;
        this.heal = heal;
    }

    /** Carries a plan out; the exit code of the last command that mattered. */
    int carryOut(String plan) throws IOException, InterruptedException {
        int exit = desk.rota("apply", plan, "--wait");
        while (exit == HELD) {
            JsonObject hold = Json.object(desk.rollout(), "hold");
            boolean expected = !healed && fault.filter(f -> f.caused(hold)).isPresent();
            faultSeen |= expected;
            desk.rota("why", cluster);
            if (Json.text(hold, "code").equals(MANUAL_STEP)) {
                exit = confirm();
            } else if (expected && heal) {
                desk.askNodes();
                exit = mend();
            } else {
                desk.askNodes();
                break;
            }
        }
        if (exit == ENDED_BADLY) {
            JsonObject back = Json.object(desk.rollout(), "rollback");
            faultSeen |= fault.filter(f -> Json.list(back, "nodes").toString().contains("\"" + f.node() + "\""))
                    .isPresent();
            desk.rota("why", cluster);
            desk.askNodes();
        }
        fault.filter(f -> !faultSeen)
                .ifPresent(f -> wrong.add("phase " + f.phase() + " was to fail on " + f.node() + ", and did not"));
        return exit;
    }

    /** Whether something else happened than what was to happen. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private int confirm() throws IOException, InterruptedException {
        desk.say("the operator has done what this cluster needs of it, and says so");
        return then("confirm", cluster, "--all");
    }

    private int mend() throws IOException, InterruptedException {
        desk.heal();
        healed = true;
        return then("retry", cluster);
    }

    /** Gives the rollout an answer and follows it again, unless the answer was refused. */
    private int then(String answer, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("rollouts", answer));
        command.addAll(List.of(words));
        int refused = desk.rota(command.toArray(String[]::new));
        return refused != 0 ? refused : desk.rota("rollouts", "watch", cluster);
    }
}
