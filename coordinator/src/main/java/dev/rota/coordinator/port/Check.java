package dev.rota.coordinator.port;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Something outside the nodes that can be asked. */
public sealed interface Check {
    /** What is asked, in one line; two checks that ask the same have the same line. */
    String what();

    /**
     * An HTTP address is fetched; redirections are not followed.
     *
     * @param expect must be found in the answer
     * @param reject must not be found in it
     * @param status those that are accepted
     */
    record Http(URI url, Optional<Pattern> expect, Optional<Pattern> reject, List<Status> status) implements Check {
        /** Copies the list. */
        public Http {
            status = List.copyOf(status);
        }

        /** Whether that status is accepted. */
        public boolean accepts(int answered) {
            return status.stream().anyMatch(s -> s.from() <= answered && answered <= s.to());
        }

        @Override
        public String what() {
            String accepted = status.stream().map(Status::toString).collect(Collectors.joining(", "));
            return "GET " + url
                    + (status.equals(Status.SUCCESS) ? "" : ", status " + accepted)
                    + expect.map(p -> ", expect '" + p + "'").orElse("")
                    + reject.map(p -> ", reject '" + p + "'").orElse("");
        }
    }

    /** Status codes from one to another, both included. */
    record Status(int from, int to) {
        /** All that mean success. */
        public static final List<Status> SUCCESS = List.of(new Status(200, 299));

        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + ".." + to;
        }
    }

    /** A connection to a port is made. */
    record Tcp(String host, int port) implements Check {
        @Override
        public String what() {
            return "connect to " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A command is run on the coordinator's host; it is well when its exit status is 0. */
    record Run(List<String> command) implements Check {
        /** Copies the words. */
        public Run {
            command = List.copyOf(command);
        }

        @Override
        public String what() {
            return "run " + String.join(" ", command);
        }
    }
}
