package dev.rota.contract;

import java.util.Optional;

/** A question with a yes or no answer; asking it changes nothing. All strings are templates. */
public sealed interface Condition {
    /** The condition in words, for messages ("members lack n2"). */
    String describe();

    /** Whether it is the product that answers, and not this host's files and processes. */
    default boolean asksProduct() {
        return false;
    }

    /** A command ends with one of {@code exit} (empty: any) and its output matches. */
    record CommandAnswers(Work.Run run) implements Condition {
        @Override
        public String describe() {
            return "command answers: " + String.join(" ", run.command());
        }

        @Override
        public boolean asksProduct() {
            return true;
        }
    }

    /** An HTTP request is answered as expected. */
    record HttpAnswers(Work.Http http) implements Condition {
        @Override
        public String describe() {
            return http.method() + " " + http.url() + " answers";
        }

        @Override
        public boolean asksProduct() {
            return true;
        }
    }

    /** A TCP port accepts connections, or does not. */
    record TcpPort(String address, boolean open) implements Condition {
        @Override
        public String describe() {
            return address + (open ? " is open" : " is closed");
        }

        @Override
        public boolean asksProduct() {
            return true;
        }
    }

    /** A file or directory exists, or does not. */
    record FileThere(String path, boolean exists) implements Condition {
        @Override
        public String describe() {
            return path + (exists ? " exists" : " does not exist");
        }
    }

    /** The members query of this node has, or lacks, a member. */
    record MemberListed(String member, boolean listed) implements Condition {
        @Override
        public String describe() {
            return (listed ? "members have " : "members lack ") + member;
        }

        @Override
        public boolean asksProduct() {
            return true;
        }
    }

    /** The process of a process id file, or any whose command line matches, runs or has gone. */
    record ProcessRuns(Optional<String> pidFile, Optional<String> commandLine, boolean runs) implements Condition {
        @Override
        public String describe() {
            return "process " + pidFile.or(() -> commandLine).orElse("") + (runs ? " runs" : " has gone");
        }
    }

    /** A symbolic link points at a target. */
    record LinkPoints(String link, String target) implements Condition {
        @Override
        public String describe() {
            return link + " points at " + target;
        }
    }

    /** The running version, as {@code version.detect} finds it, equals this one. */
    record VersionRuns(String version) implements Condition {
        @Override
        public String describe() {
            return "version " + version + " runs";
        }

        @Override
        public boolean asksProduct() {
            return true;
        }
    }

    /** At least this much space is free where the path lives. */
    record DiskFree(String path, long bytes) implements Condition {
        @Override
        public String describe() {
            return bytes + " bytes are free at " + path;
        }
    }
}
