package dev.rota.coordinator.sim;

import dev.rota.coordinator.domain.Compensation;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.coordinator.runtime.Repairs;
import dev.rota.coordinator.sim.Product.Node;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What an operator does when a rollout has left something over: has Rota undo what it may, starts by hand what it may not, and again,
 * until nothing is left.
 */
final class Aftercare {
    private static final int MOST_TRIES = 20;
    private static final int PAUSE_MS = 5_000;

    private final World world;

    Aftercare(World world) {
        this.world = world;
    }

    void run() {
        for (int i = 0; i < MOST_TRIES && !leftOver().isEmpty(); i++) {
            if (i > 0 || world.schedule().chance(50)) {
                byHand();
            }
            repair("repair" + i);
            while (!world.rollout().status().ended()) {
                world.step();
            }
        }
        if (!leftOver().isEmpty()) {
            throw new Breach("12 nothing is left over in the end", leftOver().toString());
        }
    }

    private List<Compensation> leftOver() {
        return world.committed().clusterFacts().leftOver(world.plan().cluster());
    }

    /** Members first, and of them those that have everything. */
    private void byHand() {
        Product product = world.product();
        leftOver().stream()
                .map(Compensation::node)
                .distinct()
                .map(product::node)
                .sorted(Comparator.comparing((Node n) -> !n.inCluster).thenComparing(n -> !product.complete(n)))
                .forEach(n -> product.bringBack(n.name));
        pass(PAUSE_MS);
    }

    private void repair(String request) {
        boolean again = true;
        while (again) {
            Host host = world.hosts().stream()
                    .filter(h -> h.member().leads)
                    .findFirst()
                    .orElse(world.hosts().get(0));
            CompletableFuture<Repairs.Outcome> answer = new CompletableFuture<>();
            host.run(host.life(), () -> {
                var unused = host.repairs()
                        .repair(request, world.plan().cluster(), List.of(), "ann")
                        .whenComplete((done, failure) -> {
                            if (failure == null) {
                                answer.complete(done);
                            } else {
                                answer.completeExceptionally(failure);
                            }
                        });
            });
            pass(PAUSE_MS);
            again = !answer.isDone() || unavailable(answer);
        }
    }

    private boolean unavailable(CompletableFuture<Repairs.Outcome> answer) {
        try {
            Repairs.Outcome done = answer.join();
            world.trace(() -> "repair: " + done.rollout().map(r -> r.id()).orElse("nothing") + ", kept " + done.kept());
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal r) {
                world.trace(() -> "repair: " + r.getMessage());
                return r.kind() == Refusal.Kind.UNAVAILABLE;
            }
            throw new Breach("operations", String.valueOf(e.getCause()));
        }
    }

    private void pass(int ms) {
        long until = world.schedule().nowMs() + ms;
        while (world.schedule().nowMs() < until) {
            world.step();
        }
    }
}
