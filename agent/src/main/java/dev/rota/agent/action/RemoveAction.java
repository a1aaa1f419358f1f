package dev.rota.agent.action;

import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes files or trees; with {@code keep}, all but the newest entries of each directory. Never removes what a symbolic link in
 * the same directory or the one above points at: that may be the release that runs, or the way back to the one before.
 */
final class RemoveAction implements Action<Work.Remove> {
    /** Nothing directly below the root is ever removed as a whole. */
    private static final int MIN_DEPTH = 2;

    @Override
    public Done perform(Work.Remove work, Task task) throws ActionFailure, IOException {
        int removed = 0;
        for (String text : work.paths()) {
            Path path = Path.of(text).toAbsolutePath().normalize();
            if (path.getNameCount() < MIN_DEPTH) {
                throw new ActionFailure(Code.BAD_PATH, path + " is too close to the root to be removed");
            }
            if (work.keep() > 0) {
                removed += removeOld(path, work.keep());
            } else if (Trees.exists(path)) {
                Trees.delete(path);
                removed++;
            }
        }
        return Done.at(task.context().clock().instant(), Map.of("remove.count", Integer.toString(removed)));
    }

    private static int removeOld(Path directory, int keep) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        Set<Path> inUse = linkTargets(directory);
        Path parent = directory.getParent();
        if (parent != null) {
            inUse.addAll(linkTargets(parent));
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entry -> {
                if (!Files.isSymbolicLink(entry)) {
                    entries.add(entry);
                }
            });
        }
        entries.sort(Comparator.comparing(RemoveAction::changed)
                .reversed()
                .thenComparing(Comparator.<Path>naturalOrder().reversed()));
        int removed = 0;
        for (Path old : entries.subList(Math.min(keep, entries.size()), entries.size())) {
            Path real = old.toRealPath();
            if (inUse.stream().noneMatch(used -> used.startsWith(real))) {
                Trees.delete(old);
                removed++;
            }
        }
        return removed;
    }

    private static Set<Path> linkTargets(Path directory) throws IOException {
        Set<Path> targets = new HashSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, Files::isSymbolicLink)) {
            for (Path link : stream) {
                if (Files.exists(link)) {
                    targets.add(link.toRealPath());
                }
            }
        }
        return targets;
    }

    private static FileTime changed(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
