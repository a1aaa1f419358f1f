package dev.rota.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says about processes. */
final class ProcFile {
    /** Of every Linux a JVM runs on. */
    private static final double TICKS_A_SECOND = 100;

    private ProcFile() {}

    /** The value of a line such as {@code VmRSS:  12345 kB}. */
    static long kilobytes(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + key + " in " + file);
    }

    /** The word at that place, counted from 0, after the line's name. */
    static String word(Path file, String name, int place) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name)) {
                return List.of(line.substring(name.length()).strip().split("\\s+", -1))
                        .get(place);
            }
        }
        throw new IOException("no " + name + " in " + file);
    }

    /** Processor time of a process so far, in seconds. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
}
