package dev.rota.coordinator.sim;

import dev.rota.wire.agent.v1.Hello;
import java.util.List;
import java.util.Optional;

/** An agent's one connection: it looks for the coordinator that leads, and again whenever the connection is lost. */
final class AgentLink {
    private static final int FIRST_PAUSE_MS = 50;
    private static final int LAST_PAUSE_MS = 5_000;
    private static final int WELCOME_LIMIT_MS = 10_000;

    private final World world;
    private final Agent agent;
    private Optional<Connection> session = Optional.empty();
    private boolean welcomed;
    private int next;
    private int pauseMs = FIRST_PAUSE_MS;
    private int attempt;

    AgentLink(World world, Agent agent) {
        this.world = world;
        this.agent = agent;
    }

    /** Looks for the leader. */
    void connect() {
        int mine = ++attempt;
        later(mine, 2 + world.schedule().random(40), () -> hello(mine));
    }

    private void hello(int mine) {
        Host host = world.hosts().get(next);
        Connection c = new Connection(agent, host, world.schedule());
        session = Optional.of(c);
        welcomed = false;
        if (!host.up() || world.cut(agent.node(), host.name())) {
            again(mine, "");
            return;
        }
        later(mine, WELCOME_LIMIT_MS, () -> {
            if (!welcomed) {
                c.breaks(0);
                again(mine, "");
            }
        });
        Hello hello = agent.hello();
        host.run(c.life, () -> {
            Optional<String> leader =
                    c.broken() ? Optional.of("") : host.links().accept(c, hello);
            leader.ifPresent(name -> later(mine, 2 + world.schedule().random(40), () -> again(mine, name)));
        });
    }

    /** Goes on with the coordinator that was named, or with the next. */
    private void again(int mine, String leader) {
        session = Optional.empty();
        List<Host> hosts = world.hosts();
        next = (next + 1) % hosts.size();
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).name().equals(leader)) {
                next = i;
            }
        }
        int wait = pauseMs / 2 + world.schedule().random(pauseMs / 2 + 1);
        pauseMs = Math.min(LAST_PAUSE_MS, pauseMs * 2);
        later(mine, wait, this::connect);
    }

    void welcomed(Connection c, long term) {
        if (!session.filter(s -> s == c).isPresent()) {
            return;
        }
        if (!agent.admit(term)) {
            c.breaks(0);
            return;
        }
        welcomed = true;
        pauseMs = FIRST_PAUSE_MS;
        agent.resendAll();
    }

    void lost(Connection c) {
        if (session.filter(s -> s == c).isPresent() && agent.up()) {
            session = Optional.empty();
            welcomed = false;
            connect();
        }
    }

    /** The agent's process has died. */
    void close() {
        attempt++;
        session.ifPresent(c -> c.breaks(0));
        session = Optional.empty();
        welcomed = false;
    }

    /** The connection, once the coordinator has said welcome. */
    Optional<Connection> session() {
        return welcomed ? session : Optional.empty();
    }

    private void later(int inAttempt, int ms, Runnable what) {
        world.schedule().in(ms, () -> {
            if (inAttempt == attempt && agent.up()) {
                what.run();
            }
        });
    }
}
