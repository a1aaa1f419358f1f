package dev.rota.coordinator.sim;

import dev.rota.contract.Recipes;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.port.JournalException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.runtime.Addresses;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Operations;
import dev.rota.coordinator.runtime.Repairs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The process of one coordinator: it dies and comes back, it is stopped and goes on, it waits for its journal. */
final class Host {
    private final World world;
    private final Inventory inventory;
    private final Recipes recipes;
    private final Member member;
    private final HostLinks links;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Runnable> unsent = new ArrayList<>();
    private Coordinator coordinator;
    private int life;
    private long busyUntilMs;

    Host(World world, Scenario scenario, Member member) {
        this.world = world;
        this.inventory = scenario.inventory();
        this.recipes = scenario.recipes();
        this.member = member;
        this.links = new HostLinks(world, this);
        this.coordinator = create();
    }

    private Coordinator create() {
        int mine = life;
        Coordinator created = new Coordinator(
                new SimJournal(world.cluster(), member, world.schedule(), new Life(mine)),
                links,
                inventory,
                new Addresses(member.name, world.addresses()),
                recipes,
                new NoLogs(),
                world.schedule()::now,
                cause -> {
                    throw new Breach("journal", "halted: " + cause);
                },
                world.onlooker().asked(this, mine),
                new VirtualLoop(world.schedule(), task -> run(mine, task)),
                world.ledger());
        var unused = created.handover().onLoss(() -> {
            world.trace(() -> name() + " does not lead any more");
            links.endAll();
        });
        return created;
    }

    /** What the journal of one life sees of the process. */
    private final class Life implements SimJournal.Surroundings {
        private final int mine;

        Life(int mine) {
            this.mine = mine;
        }

        @Override
        public long append(byte[] entry) throws JournalException {
            return world.nemesis().append(Host.this, entry);
        }

        @Override
        public void later(long ms, Runnable task) {
            world.schedule().in(ms, () -> run(mine, task));
        }

        @Override
        public void busy(long ms) {
            Host.this.busy(ms);
        }
    }

    /** A new life begins: what is on disk is replayed. */
    void boot() {
        life++;
        member.up = true;
        busyUntilMs = 0;
        coordinator = create();
        try {
            coordinator.start();
        } catch (JournalException e) {
            throw new IllegalStateException(e);
        }
        world.replayed(this);
    }

    /** Everything that is not on disk is gone. */
    void crash(long forMs) {
        if (!member.up) {
            return;
        }
        world.trace(() -> name() + " crashes for " + forMs);
        member.dies();
        life++;
        waiting.clear();
        unsent.clear();
        links.hostDied();
        world.cluster().changed();
        world.schedule().in(forMs, () -> {
            boot();
            world.trace(() -> name() + " is back at " + member.committed);
            world.cluster().changed();
        });
    }

    /** The process is stopped in the middle of what it does; what it sends in this task leaves it when it goes on. */
    void freeze(long forMs) {
        if (!member.up || member.frozen) {
            return;
        }
        world.trace(() -> name() + " stops for " + forMs);
        member.frozen = true;
        links.silent();
        world.cluster().changed();
        int mine = life;
        world.schedule().in(forMs, () -> {
            if (mine == life) {
                thaw();
            }
        });
    }

    /** The others are heard a little later; until then a leader thinks that it still is one. */
    private void thaw() {
        world.trace(() -> name() + " goes on" + (member.leads ? ", it leads, it thinks" : ""));
        member.frozen = false;
        world.cluster().isolate(member, 50 + world.schedule().random(3_000));
        List.copyOf(unsent).forEach(Runnable::run);
        unsent.clear();
        drain();
    }

    /** What is sent while the process is stopped. */
    void unsent(Runnable send) {
        unsent.add(send);
    }

    /** The loop waits for its journal. */
    private void busy(long forMs) {
        busyUntilMs = world.schedule().nowMs() + forMs;
        world.schedule().in(forMs, this::drain);
    }

    /** Something reaches the process in that life. */
    void run(int inLife, Runnable task) {
        if (inLife == life && member.up) {
            waiting.add(task);
            drain();
        }
    }

    private void drain() {
        while (member.up && !member.frozen && world.schedule().nowMs() >= busyUntilMs && !waiting.isEmpty()) {
            try {
                waiting.remove().run();
            } catch (Crash e) {
                crash(500 + world.schedule().random(30_000));
            }
        }
    }

    String name() {
        return member.name;
    }

    Member member() {
        return member;
    }

    int life() {
        return life;
    }

    boolean up() {
        return member.up;
    }

    boolean frozen() {
        return member.frozen;
    }

    HostLinks links() {
        return links;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    Operations operations() {
        return new Operations(coordinator, product -> List.of(), Runnable::run);
    }

    Repairs repairs() {
        return new Repairs(coordinator, operations());
    }

    CoordinatorState state() {
        return coordinator.state();
    }
}
