package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.sql.SqlBlock;
import java.util.List;
import java.util.Optional;

/**
 * One thing read in a note.
 *
 * @param file the note
 * @param firstLine first line it was read from, counted from 1
 * @param lastLine last line it was read from
 * @param headings the headings it stands under, outermost first
 * @param quote words of those lines, white space folded, at most {@value Quotes#MAX_LENGTH} characters
 * @param rule the name of the rule that found it
 * @param conditions what it depends on, as written; empty when it holds for everybody
 * @param timing when it is to be done, if the note says so
 * @param optional whether the note leaves it to the reader
 * @param sql the statements, for a change of a database
 */
public record Finding(
        Kind kind,
        String file,
        int firstLine,
        int lastLine,
        List<String> headings,
        String quote,
        String rule,
        List<String> conditions,
        Optional<Timing> timing,
        boolean optional,
        Optional<SqlBlock> sql) {
    /** Copies the lists. */
    public Finding {
        headings = List.copyOf(headings);
        conditions = List.copyOf(conditions);
    }

    /** What was found. */
    public enum Kind {
        BAN("ban"),
        CONDITIONAL_BAN("conditional-ban"),
        PERMISSION("permission"),
        /** A step may be taken while old nodes run; that is no permission for the upgrade. */
        STEP_PERMISSION("step-permission"),
        NO_CHANGE("no-change"),
        DATABASE_CHANGE("database-change"),
        SCHEMA_CHANGE("schema-change"),
        STOP_STEP("stop-step"),
        CONFIGURATION_CHANGE("configuration-change"),
        MINIMUM_VERSION("minimum-version"),
        STEPPING_STONE("stepping-stone"),
        PATH_BAN("path-ban"),
        ONE_WAY("one-way"),
        PROXY_CHANGE("proxy-change"),
        DNS_CHANGE("dns-change"),
        LINK("link");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in reports. */
        public String label() {
            return label;
        }
    }

    /** When something is to be done. */
    public enum Timing {
        BEFORE("before"),
        WHILE_RUNNING("while-running"),
        AFTER("after");

        private final String label;

        Timing(String label) {
            this.label = label;
        }

        /** The word in reports. */
        public String label() {
            return label;
        }
    }

    /** Whether a person would take both for one: the same kind, from the same words. */
    boolean saysTheSameAs(Finding other) {
        return kind == other.kind
                && firstLine == other.firstLine
                && file.equals(other.file)
                && quote.equals(other.quote);
    }

    /** Where it is, for a person. */
    public String place() {
        return file + ":" + firstLine + (lastLine > firstLine ? "-" + lastLine : "");
    }
}
