package dev.rota.coordinator.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Plain log lines on standard error; keeping them is the business of the service manager. */
final class Logs {
    // Held here because a logger that nobody holds forgets its level.
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger ROTA = Logger.getLogger("dev.rota");

    private Logs() {}

    static void toStandardError(boolean verbose) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(new Lines(verbose));
        ROOT.addHandler(console);
        ROOT.setLevel(Level.WARNING);
        ROTA.setLevel(verbose ? Level.FINE : Level.INFO);
    }

    /** One line for each record: time in UTC, level, message. */
    static final class Lines extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        private final boolean traces;

        Lines(boolean traces) {
            this.traces = traces;
        }

        @Override
        public String format(LogRecord record) {
            StringBuilder line = new StringBuilder()
                    .append(TIME.format(record.getInstant()))
                    .append(' ')
                    .append(record.getLevel().getName())
                    .append(' ')
                    .append(formatMessage(record));
            Throwable thrown = record.getThrown();
            if (thrown != null && (traces || record.getLevel().intValue() >= Level.SEVERE.intValue())) {
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
