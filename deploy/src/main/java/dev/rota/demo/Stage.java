package dev.rota.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

/** Everything a run brings up: the product's cluster, the coordinator and the agents. Closing it leaves no process behind. */
public final class Stage implements AutoCloseable {
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(2);

    private final Site site;
    private final Product product;
    private final Installation rota;
    private boolean closed;

    /**
     * Plans a run in that directory; nothing is started yet.
     *
     * @param recipes directory with recipes that take the place of the built-in ones
     */
    public Stage(Path repository, Path directory, String product, int nodes, Optional<Path> recipes)
            throws IOException {
        this.site = new Site(repository, directory, nodes, new Ports(), new Processes(directory.resolve("log")));
        this.product = Products.of(product, site);
        this.rota = new Installation(site, this.product, recipes);
    }

    /** Starts the product's cluster, the coordinator and the agents; returns when every node is seen serving. */
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

    /** Prints what a person types to go on with what was left running. */
    void sayHowToGoOn(PrintStream out) {
        out.println("demo: everything is left running; to go on:");
        rota.environment().forEach((name, value) -> out.println("  export " + name + "=" + value));
        out.println("  " + product.healCommand() + "      # takes the cause of an injected fault away");
        out.println("  " + rota.program("rota") + " rollouts retry " + product.cluster());
        out.println("  " + rota.program("rota") + " rollouts watch " + product.cluster());
        out.println("  " + site.repository().resolve("deploy/demo.sh") + " --stop " + site.directory()
                + "      # stops everything");
    }

    /** Ends every process of this run: agents and coordinator first, so that nothing starts the product again. */
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
        endProcesses(site.directory());
    }

    /**
     * Ends every process whose command line names that work directory: the agents' steps and the product's daemons run in sessions
     * of their own, and what was kept running has no parent here.
     */
    static void endProcesses(Path directory) {
        String mark = directory.toString();
        ProcessHandle.allProcesses()
                .filter(p -> p.pid() != ProcessHandle.current().pid())
                .filter(p -> p.info().commandLine().orElse("").contains(mark))
                .forEach(left -> stop(() -> Processes.end(left, LEFTOVER_GRACE)));
    }

    /** Removes a work directory. */
    static void remove(Path workDirectory) throws IOException {
        Files.walkFileTree(workDirectory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
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
