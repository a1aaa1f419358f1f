package dev.rota.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
        String pids = running().stream().map(p -> String.valueOf(p.pid())).collect(Collectors.joining(" "));
        out.println("  kill " + pids + "      # stops everything");
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
        for (ProcessHandle left : running()) {
            stop(() -> Processes.end(left, LEFTOVER_GRACE));
        }
    }

    /** Removes the work directory. */
    void removeDirectory() throws IOException {
        Files.walkFileTree(site.directory(), new SimpleFileVisitor<>() {
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

    /** Processes whose command line names the work directory: the agents' steps and the product's daemons run in sessions of their own. */
    private List<ProcessHandle> running() {
        String mark = site.directory().toString();
        return ProcessHandle.allProcesses()
                .filter(p -> p.pid() != ProcessHandle.current().pid())
                .filter(p -> p.info().commandLine().orElse("").contains(mark))
                .toList();
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
