package dev.rota.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A product the demonstration can upgrade: how its cluster is made, loaded, broken, mended and judged. The methods are called in
 * the order they are listed here; {@link #close} is called in any case, also when a method before it failed.
 */
public interface Product extends AutoCloseable {
    /** Name of the recipe, and of the product in the report. */
    String name();

    /** Name of the cluster in the coordinator's configuration. */
    String cluster();

    /** Names of the nodes, in order. */
    List<String> nodes();

    /** Version the cluster runs at first. */
    String installedVersion();

    /** Version the cluster is upgraded to when none is asked for. */
    String defaultTarget();

    /**
     * Checks what the product needs on this machine, makes its releases and its node directories, starts nothing.
     *
     * @throws Unavailable when something it needs cannot be had here
     */
    void prepare() throws IOException, InterruptedException, Unavailable;

    /** Releases for the coordinator, oldest first, up to and with the target; the installed one is among them. Made by {@link #prepare}. */
    List<ReleaseFile> releases();

    /**
     * Writes release notes for the coordinator, also of releases nobody goes to.
     *
     * @return the directory they are in; nothing when the product has none
     */
    Optional<Path> notes() throws IOException;

    /** What is known about the cluster where release notes ask for it, such as {@code storage} and {@code mnesia}. */
    Map<String, String> assumptions();

    /** Has the coordinators watch the cluster from outside, where the product knows how; before they are started. */
    default void watch() {}

    /** How the coordinators watch the cluster from outside: {@code probe} and {@code blockers} of their configuration. */
    default Map<String, Object> watching() {
        return Map.of();
    }

    /** Starts the nodes as one cluster, and what stands in front of it; returns when clients are served. */
    void startCluster() throws IOException, InterruptedException;

    /** Values for the recipe's parameters in the configuration of that node's agent. */
    Map<String, String> agentParameters(String node);

    /** Starts the clients; returns when they are at work. */
    void startLoad() throws IOException, InterruptedException;

    /** Stops the clients and checks every write they were told had been accepted. */
    LoadFigures stopLoad() throws IOException, InterruptedException;

    /**
     * Makes that phase fail on that node until {@link #heal} is called.
     *
     * @param target version the cluster is going to be upgraded to
     * @throws IllegalArgumentException when the product has no such fault
     */
    void injectFault(String phase, String node, String target) throws IOException;

    /** Takes away the cause of every injected fault. */
    void heal() throws IOException;

    /** The shell command that does what {@link #heal} does, to be printed for a person. */
    String healCommand();

    /** One line for each node: what it answers when asked directly. */
    List<String> describeNodes() throws InterruptedException;

    /** What is wrong with the cluster, which ought to run this version on every node; empty when nothing is. */
    default List<String> verify(String version) throws InterruptedException {
        Map<String, String> versions = new LinkedHashMap<>();
        nodes().forEach(node -> versions.put(node, version));
        return verify(versions);
    }

    /** What is wrong with the cluster, whose nodes ought to run these versions; empty when nothing is. */
    List<String> verify(Map<String, String> versions) throws InterruptedException;

    /** What this product adds to the report; values are numbers, strings, lists and maps. */
    Map<String, Object> reportExtras();

    /** Stops every process of the product, including those an agent started; returns when they are gone. */
    @Override
    void close();
}
