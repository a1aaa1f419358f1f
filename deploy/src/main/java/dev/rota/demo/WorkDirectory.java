package dev.rota.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The directory everything of one run is in.
 *
 * @param path absolute
 */
public record WorkDirectory(Path path) {
    private static final String PREFIX = "rota-demo-";
    private static final String MARK = "ROTA_SITE";
    /** What is ended may have started something meanwhile; how often that is looked for. */
    private static final int ROUNDS_MAX = 10;

    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(2);
    private static final long MB = 1024L * 1024;

    /** A fresh one. */
    public static WorkDirectory create() throws IOException {
        return new WorkDirectory(Files.createTempDirectory(PREFIX).toRealPath());
    }

    /**
     * That of an earlier run.
     *
     * @throws Options.Misuse when the path cannot be one
     */
    static WorkDirectory of(String text) throws IOException, Options.Misuse {
        Path path = Path.of(text).toAbsolutePath().normalize();
        Path name = path.getFileName();
        if (name == null || !name.toString().matches(PREFIX + "\\d+")) {
            throw new Options.Misuse(
                    "--stop " + text + ": that is not the work directory of a demonstration, which is named " + PREFIX
                            + " and a number");
        }
        return new WorkDirectory(Files.isDirectory(path) ? path.toRealPath() : path);
    }

    /**
     * Ends what an earlier run left running, and removes the directory.
     *
     * @return what was done
     * @throws Options.Misuse when there was nothing to stop or to remove
     */
    String stop() throws IOException, InterruptedException, Options.Misuse {
        boolean there = Files.isDirectory(path);
        int ended = endProcesses();
        if (!there && ended == 0) {
            throw new Options.Misuse(
                    "--stop " + path + ": there is no such directory and nothing of it runs; was it stopped before?");
        }
        if (there) {
            remove();
        }
        return "all is stopped (%d processes)%s".formatted(ended, there ? " and " + path + " is removed" : "");
    }

    /** What the environment of a process must have for {@link #endProcesses} to find it when its command line does not tell. */
    Map<String, String> mark() {
        return Map.of(MARK, path.toString());
    }

    /**
     * Ends every process whose command line names the directory or whose environment has its mark: the agents' steps and the
     * product's daemons run in sessions of their own, and what was kept running has no parent here. Spares this process and those it
     * was started by, whose command lines may name the directory too.
     *
     * @return how many there were
     */
    int endProcesses() throws InterruptedException {
        int ended = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int now = endThoseSeen();
            if (now == 0) {
                break;
            }
            ended += now;
        }
        return ended;
    }

    private int endThoseSeen() throws InterruptedException {
        Pattern mark = Pattern.compile(Pattern.quote(path.toString()) + "(?!\\d)");
        Set<Long> spared = new HashSet<>();
        for (Optional<ProcessHandle> p = Optional.of(ProcessHandle.current());
                p.isPresent();
                p = p.get().parent()) {
            spared.add(p.get().pid());
        }
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(p -> !spared.contains(p.pid()))
                .filter(p -> mark.matcher(p.info().commandLine().orElse("")).find() || isMarked(p))
                .toList();
        for (ProcessHandle process : left) {
            Processes.end(process, LEFTOVER_GRACE);
        }
        return left.size();
    }

    /** Only Linux tells, and only about processes of the same user. */
    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "environ"));
            return List.of(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
                    .contains(MARK + "=" + path);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Says what is in it and how to be rid of it. */
    public String describe() {
        return "logs and data are in %s (%d MB); to remove them: rm -r %s"
                .formatted(path, (bytes() + MB - 1) / MB, path);
    }

    private long bytes() {
        long[] sum = {0};
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("demo: " + path + " cannot be read whole: " + e.getMessage());
        }
        return sum[0];
    }

    /** Removes it with all that is in it. */
    public void remove() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
