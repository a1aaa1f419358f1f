package dev.rota.demo.ejabberd;

import java.nio.file.Path;

/**
 * Where one node lives.
 *
 * @param number 1 for the first
 * @param home directory of everything the node has
 * @param c2s port of its XMPP clients
 * @param http port of its HTTP API
 * @param distribution first of the ports for the connections between nodes
 * @param epmd port of the name service the nodes share
 */
public record Node(int number, Path home, int c2s, int http, int distribution, int epmd) {
    /** How many ports the node and the commands that talk to it may use for distribution. */
    static final int DISTRIBUTION_PORTS = 10;

    /** Name of its host in Rota's words. */
    public String name() {
        return "n" + number;
    }

    /** Name inside ejabberd's cluster. */
    public String member() {
        return "ejabberd" + number + "@localhost";
    }

    /** Releases live below it, {@code current} points at one. */
    public Path root() {
        return home.resolve("opt");
    }

    /** Directory of its configuration. */
    public Path config() {
        return home.resolve("conf");
    }

    /** Directory of its Mnesia database. */
    public Path spool() {
        return home.resolve("database");
    }

    /** Directory of its logs. */
    public Path logs() {
        return home.resolve("logs");
    }

    /** Link to the release in use. */
    Path current() {
        return root().resolve("current");
    }

    /** Its own ejabberdctl. */
    public Path control() {
        return current().resolve("bin/ejabberdctl");
    }

    /** Directory of that release. */
    public Path release(String version) {
        return root().resolve("releases").resolve(version);
    }

    /** Base of the API's addresses. */
    public String api() {
        return "http://127.0.0.1:" + http + "/api";
    }
}
