package dev.rota.crash;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.demo.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything the operator was told had been done, and whether every coordinator still knows it. */
final class Acknowledged {
    private static final int ROUNDS_MAX = 9;

    private final Rig rig;
    private final Map<String, Promise> rollouts = new LinkedHashMap<>();

    private record Promise(List<Cell> cells, String plan) {}

    Acknowledged(Rig rig) {
        this.rig = rig;
    }

    /** A rollout of that plan was begun and has succeeded. */
    void rollout(List<Cell> cells, String rollout, String plan) {
        rollouts.put(rollout, new Promise(cells, plan));
    }

    /** How many there are. */
    int size() {
        return rollouts.size();
    }

    /**
     * Makes one coordinator after the other lead, by killing whoever leads, and asks each for everything.
     *
     * @param asked the names of those that were asked are added
     * @return what is missing, by cell; under no cell's name what concerns all
     */
    Map<String, List<String>> lost(Set<String> asked) throws IOException, InterruptedException {
        Map<String, List<String>> lost = new TreeMap<>();
        List<String> names = rig.coordinators().names();
        Set<String> led = new TreeSet<>();
        for (int round = 0; round < ROUNDS_MAX && led.size() < names.size(); round++) {
            String leader = rig.awaitLeader();
            if (led.add(leader)) {
                ask(leader)
                        .forEach((cell, what) -> lost.computeIfAbsent(cell, c -> new ArrayList<>())
                                .addAll(what));
            }
            if (led.size() < names.size()) {
                rig.coordinators().kill(leader);
                rig.awaitLeader();
                rig.coordinators().start(leader);
            }
        }
        asked.addAll(led);
        names.stream()
                .filter(name -> !led.contains(name))
                .forEach(name -> lost.computeIfAbsent("", c -> new ArrayList<>())
                        .add(name + " never led, so that it could not be asked"));
        return lost;
    }

    private Map<String, List<String>> ask(String leader) throws IOException, InterruptedException {
        Map<String, JsonObject> known = new TreeMap<>();
        String json = rig.rota().rota("rollouts", "list", "--output", "json").orThrow("rota rollouts list");
        for (JsonElement r : Json.list(Json.parse(json), "rollouts")) {
            known.put(Json.text(r.getAsJsonObject(), "id"), r.getAsJsonObject());
        }
        Map<String, List<String>> lost = new TreeMap<>();
        rollouts.forEach((id, promise) -> {
            JsonObject rollout = known.get(id);
            List<String> what = new ArrayList<>();
            if (rollout == null) {
                what.add(leader + " does not know rollout " + id);
            } else if (!Json.text(rollout, "planId").equals(promise.plan())
                    || !Json.text(rollout, "state").equals("succeeded")) {
                what.add(leader + " knows rollout " + id + " otherwise: " + Json.text(rollout, "state") + ", plan "
                        + Json.text(rollout, "planId"));
            }
            if (!what.isEmpty()) {
                promise.cells().forEach(cell -> lost.put(cell.toString(), what));
            }
        });
        return lost;
    }
}
