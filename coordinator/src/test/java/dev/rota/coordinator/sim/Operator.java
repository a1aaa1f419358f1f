package dev.rota.coordinator.sim;

import dev.rota.contract.Phase;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.RolloutStatus;
import dev.rota.coordinator.rollout.Why;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.runtime.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Looks now and then; removes the cause of a hold and retries, confirms, resumes, sometimes pauses or aborts. Repeats a request,
 * with its id, at one coordinator after the other until it is granted or refused.
 */
final class Operator {
    private final World world;
    private final Schedule schedule;
    private final Habits habits;
    private Optional<Request> pending = Optional.empty();
    private int requests;

    /** How often, in percent of the times it looks, it pauses or aborts a rollout, or answers a hold by rollback or skip if it can. */
    record Habits(int pausePercent, int abortPercent, int backPercent) {
        static final Habits CALM = new Habits(0, 0, 0);
        /** Answers every hold by taking the node's turn back. */
        static final Habits BACKWARDS = new Habits(0, 0, 100);
    }

    private record Request(String id, Function<Operations, CompletableFuture<RolloutState>> call) {}

    Operator(World world, Habits habits) {
        this.world = world;
        this.schedule = world.schedule();
        this.habits = habits;
    }

    /** Looks, and will look again. */
    void look() {
        if (pending.isEmpty()) {
            decide(world.rollout().status());
        }
        pending.ifPresent(r -> {
            send(r);
            if (schedule.chance(20)) {
                schedule.in(500, () -> send(r));
            }
        });
        schedule.in(2_000 + schedule.random(20_000), this::look);
    }

    private void decide(RolloutStatus status) {
        int abort = habits.abortPercent() * (status.waitsSince().isPresent() ? 4 : 1);
        if (!status.ended() && schedule.chance(abort)) {
            control(Control.ABORT);
        } else if (status instanceof RolloutStatus.Held) {
            removeCause();
            control(answer());
        } else if (status instanceof RolloutStatus.Unconfirmed) {
            request(id -> o -> o.confirm(id, world.rolloutId(), List.of(), "ann"));
        } else if (status instanceof RolloutStatus.Paused
                || (status instanceof RolloutStatus.Stopping s && !s.abort() && schedule.chance(20))) {
            control(Control.RESUME);
        } else if (status instanceof RolloutStatus.Running && schedule.chance(habits.pausePercent())) {
            control(Control.PAUSE);
        }
    }

    private Control answer() {
        List<String> offered =
                Why.answers(world.rollout()).stream().map(Why.Answer::name).toList();
        if (schedule.chance(habits.backPercent())) {
            boolean skip = offered.contains("skip") && (!offered.contains("rollback") || schedule.chance(70));
            if (!skip && offered.contains("rollback") && schedule.chance(40)) {
                return Control.ROLLBACK_ALL;
            }
            return skip ? Control.SKIP : offered.contains("rollback") ? Control.ROLLBACK : Control.RETRY;
        }
        return Control.RETRY;
    }

    private void control(Control control) {
        request(id -> o -> o.control(id, world.rolloutId(), control, "ann"));
    }

    private void request(Function<String, Function<Operations, CompletableFuture<RolloutState>>> call) {
        String id = "op" + requests++;
        pending = Optional.of(new Request(id, call.apply(id)));
    }

    private void send(Request r) {
        List<Host> hosts = world.hosts();
        Host host = hosts.stream()
                .filter(h -> h.member().leads && schedule.chance(80))
                .findFirst()
                .orElse(hosts.get(schedule.random(hosts.size())));
        host.run(host.life(), () -> {
            var unused = r.call().apply(host.operations()).whenComplete((done, failure) -> answered(r, failure));
        });
    }

    private void answered(Request r, Throwable failure) {
        Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
        world.trace(() -> "operator's " + r.id() + ": " + (cause == null ? "granted" : cause.getMessage()));
        if (cause == null) {
            world.promises().granted(r.id());
        } else if (!(cause instanceof Refusal)) {
            throw new Breach("operations", cause.toString());
        }
        boolean again = cause instanceof Refusal no && no.kind() == Refusal.Kind.UNAVAILABLE;
        if (!again && pending.filter(p -> p.equals(r)).isPresent()) {
            pending = Optional.empty();
        }
    }

    private void removeCause() {
        world.rollout().nodes().forEach((name, n) -> {
            if (n instanceof NodeState.Stuck s && (s.phase() == Phase.VERIFY || s.phase() == Phase.JOIN)) {
                world.trace(() -> "operator repairs " + name);
                world.product().repair(name, s.phase(), world.rollout().back().containsKey(name));
            }
        });
    }
}
