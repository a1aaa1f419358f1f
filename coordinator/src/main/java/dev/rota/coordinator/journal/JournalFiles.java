package dev.rota.coordinator.journal;

import java.io.IOException;
import java.util.List;

/** The files of one journal, below which tests put disks that lose, tear and refuse. What these methods change is durable when they return. */
interface JournalFiles {
    /** Opens a file, and creates it where it is missing. */
    LogFile open(String name) throws IOException;

    /** The names of all files. */
    List<String> names() throws IOException;

    /** Gives a closed file another name, in the place of whatever had it: afterwards that name stands for the old file or the new one. */
    void rename(String from, String to) throws IOException;

    /** Removes a closed file; nothing happens when there is none. */
    void delete(String name) throws IOException;
}
