package dev.rota.agent.app;

import dev.rota.agent.file.Durable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Plain log lines on standard error, and in five rotating files of 1 MB in the data directory with the traces of faults. */
final class Logs {
    private static final int FILE_BYTES = 1024 * 1024;
    private static final int FILES = 5;

    /** Kept from being collected, which would undo its configuration. */
    private final Logger root = Logger.getLogger("");

    private Logs() {}

    /** Sends the logs of the whole program there. */
    static Logs open(Path data, boolean verbose) throws IOException {
        Logs logs = new Logs();
        for (Handler handler : logs.root.getHandlers()) {
            logs.root.removeHandler(handler);
        }
        Path directory = data.resolve("log");
        Durable.directories(directory);
        logs.add(new FileHandler(directory.resolve("agent.%g.log").toString(), FILE_BYTES, FILES, true), true);
        logs.add(new ConsoleHandler(), verbose);
        Logger.getLogger("dev.rota").setLevel(verbose ? Level.FINE : Level.INFO);
        Logger.getLogger("io.grpc").setLevel(Level.WARNING);
        return logs;
    }

    private void add(Handler handler, boolean traces) {
        handler.setFormatter(new Lines(traces));
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    /** Writes out what is still held back. */
    void flush() {
        for (Handler handler : root.getHandlers()) {
            handler.flush();
        }
    }

    /** One line for each record: time in UTC, level, message. */
    private static final class Lines extends Formatter {
        private final boolean traces;

        Lines(boolean traces) {
            this.traces = traces;
        }

        @Override
        public String format(LogRecord record) {
            Instant at = record.getInstant().truncatedTo(ChronoUnit.MILLIS);
            StringBuilder line = new StringBuilder()
                    .append(at)
                    .append(' ')
                    .append(record.getLevel().getName())
                    .append(' ')
                    .append(formatMessage(record));
            Throwable thrown = record.getThrown();
            if (thrown != null && traces) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                line.append('\n').append(trace.toString().stripTrailing());
            } else if (thrown != null) {
                line.append(": ").append(thrown);
            }
            return line.append('\n').toString();
        }
    }
}
