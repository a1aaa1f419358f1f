package dev.rota.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything a run brings up: the product's cluster, the coordinators and the agents. Closing it leaves no process behind. */
public final class Stage implements AutoCloseable {
    private final Site site;
    private final Product product;
    private final Installation rota;
    private boolean closed;

    /**
     * Plans a run with one coordinator in that directory; nothing is started yet.
     *
     * @param recipes directory with recipes that take the place of the built-in ones
     */
    public Stage(Path repository, Path directory, String product, int nodes, Optional<Path> recipes)
            throws IOException {
        this(repository, directory, product, nodes, recipes, 1, Network.LOOPBACK);
    }

    /**
     * Plans a run in that directory; nothing is started yet.
     *
     * @param recipes directory with recipes that take the place of the built-in ones
     * @param coordinators how many coordinators
     * @param network where they are reached
     */
    public Stage(
            Path repository,
            Path directory,
            String product,
            int nodes,
            Optional<Path> recipes,
            int coordinators,
            Network network)
            throws IOException {
        this.site = new Site(repository, directory, nodes, new Ports(), new Processes(directory));
        this.product = Products.of(product, site);
        this.rota = new Installation(site, this.product, recipes, coordinators, network);
    }

    /** Starts the product's cluster, the coordinators and the agents; returns when every node is seen serving. */
    public void bringUp() throws IOException, InterruptedException, Unavailable {
        product.prepare();
        rota.prepare();
        product.startCluster();
        rota.start();
    }

    /** The product. */
    public Product product() {
        return product;
    }

    /** Coordinator, agents and command line. */
    public Installation rota() {
        return rota;
    }

    /** The work directory. */
    public Path directory() {
        return site.directory();
    }

    /**
     * What a person types to go on with what was left running.
     *
     * @param held the rollout waits for that person; otherwise it is over, and there is nothing to mend or to retry
     * @param to the version the cluster was upgraded to
     */
    List<String> howToGoOn(boolean held, String to) {
        List<String> lines = new ArrayList<>();
        lines.add("demo: everything is left running; to " + (held ? "go on:" : "look around:"));
        rota.environment().forEach((name, value) -> lines.add("  export " + name + "=" + value));
        String command = "  " + rota.program("rota") + " ";
        String cluster = product.cluster();
        if (held) {
            lines.add("  " + product.healCommand() + "      # takes the cause of an injected fault away");
            lines.add(command + "rollouts retry " + cluster);
            lines.add(command + "rollouts watch " + cluster);
        } else {
            lines.add(command + "status");
            lines.add(command + "nodes " + cluster);
            List<String> targets = Products.targets(product.name());
            targets.stream()
                    .skip(targets.indexOf(to) + 1L)
                    .findFirst()
                    .ifPresent(next -> lines.add(command + "plan " + cluster + " --to " + next));
            lines.add(command + "why " + cluster);
        }
        lines.add("  " + site.repository().resolve("deploy/demo.sh") + " --stop " + site.directory()
                + "      # stops everything");
        return lines;
    }

    /** Ends every process of this run: agents and coordinators first, so that nothing starts the product again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (String node : product.nodes()) {
            stop(() -> rota.stopAgent(node));
        }
        product.close();
        site.processes().close();
        stop(() -> new WorkDirectory(site.directory()).endProcesses());
    }

    private interface Stop {
        void run() throws InterruptedException;
    }

    private static void stop(Stop stop) {
        try {
            stop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
