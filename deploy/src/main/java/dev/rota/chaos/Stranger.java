package dev.rota.chaos;

import dev.rota.demo.Until;
import dev.rota.demo.ejabberd.Node;
import dev.rota.demo.ejabberd.Nodes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A node that is none of the cluster's, as Rota was told of it. */
final class Stranger {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Nodes nodes;
    private final String version;
    private Optional<Node> node = Optional.empty();

    Stranger(Nodes nodes, String version) {
        this.nodes = nodes;
        this.version = version;
    }

    /** It joins the cluster. */
    void bringIn(Node through) throws IOException, InterruptedException {
        if (node.isEmpty()) {
            node = Optional.of(nodes.stranger(version));
        }
        Node own = node.get();
        Rig.wipe(own);
        nodes.control(own, "start").orThrow("starting " + own.name());
        Until.holds(
                own.name() + " answers",
                WITHIN,
                () -> nodes.ask(own, "status", "{}").isPresent());
        nodes.control(own, "join_cluster", through.member()).orThrow("joining " + own.name());
    }

    /** It is removed by a member. */
    void leave(Node member) throws IOException, InterruptedException {
        Node own = node.orElseThrow();
        nodes.control(member, "leave_cluster", own.member()).orThrow("removing " + own.name());
        Until.holds(own.name() + " has gone", WITHIN, () -> !Nodes.runs(own));
    }

    /** Kills it, if it runs. */
    void end() {
        node.ifPresent(Nodes::kill);
    }
}
