package dev.rota.demo;

import java.util.List;

/** Where the coordinators are reached. */
public interface Network {
    /** All on the loopback address of this machine. */
    Network LOOPBACK = new Network() {
        @Override
        public String host(String coordinator) {
            return "127.0.0.1";
        }

        @Override
        public List<String> enter(String coordinator) {
            return List.of();
        }
    };

    /** The address a coordinator listens on. */
    String host(String coordinator);

    /** The words before a command that make it run where that address is. */
    List<String> enter(String coordinator);
}
