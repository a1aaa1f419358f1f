package dev.rota.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an action does; every kind is safe to repeat. All strings are templates ({@link Template}). */
public sealed interface Work {
    /** The word in the recipe file. */
    String kind();

    /** The kind and its main argument, for messages ("unpack ${artifact.file}"). */
    String describe();

    /**
     * Runs a command without a shell. Standard input is {@code stdin} or closed.
     *
     * @param exit exit codes that count as success; empty: any
     * @param expect regular expressions that must each be found in the output
     * @param reject regular expressions none of which may be found in the output
     * @param log a file the product writes to, whose end is part of the evidence when the action fails
     */
    record Run(
            List<String> command,
            Map<String, String> environment,
            Optional<String> directory,
            Optional<String> stdin,
            List<Integer> exit,
            List<String> expect,
            List<String> reject,
            Optional<String> log)
            implements Work {
        /** A command of whose effects no log tells. */
        public Run(
                List<String> command,
                Map<String, String> environment,
                Optional<String> directory,
                Optional<String> stdin,
                List<Integer> exit,
                List<String> expect,
                List<String> reject) {
            this(command, environment, directory, stdin, exit, expect, reject, Optional.empty());
        }

        @Override
        public String kind() {
            return "run";
        }

        @Override
        public String describe() {
            return "run " + command.get(0);
        }
    }

    /** Fetches the release's artifact from the coordinator: resumable, size and SHA-256 checked, kept as {@code ${artifact.file}}. */
    record Fetch() implements Work {
        @Override
        public String kind() {
            return "fetch";
        }

        @Override
        public String describe() {
            return "fetch artifact";
        }
    }

    /** Unpacks an archive (tar, tar.gz, zip) into a directory that appears all at once; leaves the artifact's digest in {@code .rota-artifact}. */
    record Unpack(String from, String to) implements Work {
        @Override
        public String kind() {
            return "unpack";
        }

        @Override
        public String describe() {
            return "unpack " + from;
        }
    }

    /** Points a symbolic link at a target, atomically; the old target is kept as {@code <link>.previous}. */
    record Link(String link, String target) implements Work {
        @Override
        public String kind() {
            return "link";
        }

        @Override
        public String describe() {
            return "link " + link;
        }
    }

    /** Copies a file or a directory tree; the target appears all at once. */
    record Copy(String from, String to) implements Work {
        @Override
        public String kind() {
            return "copy";
        }

        @Override
        public String describe() {
            return "copy " + from;
        }
    }

    /**
     * Makes a listed, hashed archive (tar.gz) of paths and verifies it by reading it back. Sets the facts {@code backup.path},
     * {@code backup.sha256}, {@code backup.bytes}, {@code backup.files}.
     */
    record Archive(List<String> paths, String to) implements Work {
        @Override
        public String kind() {
            return "archive";
        }

        @Override
        public String describe() {
            return "archive " + String.join(", ", paths);
        }
    }

    /** Puts back what {@link Archive} saved, after checking its digest. */
    record Restore(String from, String to) implements Work {
        @Override
        public String kind() {
            return "restore";
        }

        @Override
        public String describe() {
            return "restore " + from;
        }
    }

    /** Removes files or directories; {@code keep} newest entries of a directory stay when it is above zero. */
    record Remove(List<String> paths, int keep) implements Work {
        @Override
        public String kind() {
            return "remove";
        }

        @Override
        public String describe() {
            return "remove " + String.join(", ", paths);
        }
    }

    /**
     * Starts or stops a service: a systemd unit, or a plain daemon kept by the agent with a process id file.
     *
     * @param unit the systemd unit; empty for a plain daemon
     * @param command starts the plain daemon; empty for a unit and for a stop
     * @param pidFile the plain daemon's process id file; empty for a unit
     */
    record Service(
            String unit,
            Verb verb,
            List<String> command,
            Optional<String> pidFile,
            Optional<String> log,
            Optional<String> directory)
            implements Work {
        /** What to do with the service. */
        enum Verb {
            START,
            STOP
        }

        @Override
        public String kind() {
            return "service";
        }

        @Override
        public String describe() {
            return (verb == Verb.START ? "start " : "stop ") + (unit.isEmpty() ? pidFile.orElse("") : unit);
        }
    }

    /** Sends one HTTP request; {@code status} lists the codes that count as success (empty: 200 to 299). */
    record Http(
            String method,
            String url,
            Optional<String> body,
            Map<String, String> headers,
            List<Integer> status,
            List<String> expect,
            List<String> reject)
            implements Work {
        @Override
        public String kind() {
            return "http";
        }

        @Override
        public String describe() {
            return "http " + method + " " + url;
        }
    }

    /** Does nothing but ask its {@code until}. */
    record Wait() implements Work {
        @Override
        public String kind() {
            return "wait";
        }

        @Override
        public String describe() {
            return "wait";
        }
    }
}
