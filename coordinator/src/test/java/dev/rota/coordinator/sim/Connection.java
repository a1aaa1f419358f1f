package dev.rota.coordinator.sim;

/** A stream between an agent and a coordinator: keeps its order, loses nothing until it breaks, and then all that is under way. */
final class Connection {
    final Agent agent;
    final Host host;
    final int life;
    private final Schedule schedule;
    private long toAgentMs;
    private long toHostMs;
    private boolean broken;

    Connection(Agent agent, Host host, Schedule schedule) {
        this.agent = agent;
        this.host = host;
        this.life = host.life();
        this.schedule = schedule;
    }

    void toAgent(Runnable arrival) {
        toAgentMs = Math.max(toAgentMs + 1, schedule.nowMs() + 2 + schedule.random(60));
        schedule.in(toAgentMs - schedule.nowMs(), () -> {
            if (!broken && agent.up()) {
                arrival.run();
            }
        });
    }

    void toHost(Runnable arrival) {
        toHostMs = Math.max(toHostMs + 1, schedule.nowMs() + 2 + schedule.random(60));
        schedule.in(toHostMs - schedule.nowMs(), () -> {
            if (!broken) {
                host.run(life, () -> {
                    if (host.links().current(this)) {
                        arrival.run();
                    }
                });
            }
        });
    }

    /** Nothing gets through any more; each side notices in its own time. */
    void breaks(long noticeMs) {
        if (broken) {
            return;
        }
        broken = true;
        schedule.in(noticeMs + schedule.random(500), () -> agent.link().lost(this));
        schedule.in(
                noticeMs + schedule.random(500),
                () -> host.run(life, () -> host.links().lost(this)));
    }

    boolean broken() {
        return broken;
    }
}
