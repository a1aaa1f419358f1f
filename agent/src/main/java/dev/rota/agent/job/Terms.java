package dev.rota.agent.job;

import dev.rota.agent.file.Durable;
import java.io.IOException;
import java.nio.file.Path;

/** The highest coordinator term this agent has seen. It only rises, over restarts and power failures too. */
public final class Terms {
    private final Path file;
    private long highest;

    /**
     * Reads the term from the data directory.
     *
     * @throws IOException if it cannot be read or is no number: guessing it would undo the fencing
     */
    public Terms(Path data) throws IOException {
        this.file = data.resolve("term");
        String text = Durable.readText(file).orElse("0").strip();
        if (!text.matches("\\d{1,18}")) {
            throw new IOException(file + " does not hold a term: '" + text + "'");
        }
        this.highest = Long.parseLong(text);
    }

    /** The highest term seen. */
    public synchronized long highest() {
        return highest;
    }

    /**
     * Sees a term.
     *
     * @return whether it may command: it is not lower than the highest; then it is on the disk when this returns
     */
    public synchronized boolean admit(long term) throws IOException {
        if (term < highest) {
            return false;
        }
        if (term > highest) {
            Durable.write(file, term + "\n");
            highest = term;
        }
        return true;
    }
}
