package dev.rota.agent.action;

import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Points a symbolic link at a target by one rename; where it pointed before is kept beside it. */
final class LinkAction implements Action<Work.Link> {
    @Override
    public Done perform(Work.Link work, Task task) throws ActionFailure, IOException {
        Path link = Path.of(work.link());
        Path target = Path.of(work.target());
        if (!Files.exists(link.resolveSibling(target))) {
            throw new ActionFailure(
                    Code.BAD_PATH, "link " + link + " would point at " + target + ", which is not there");
        }
        if (Trees.exists(link) && !Files.isSymbolicLink(link)) {
            throw new ActionFailure(Code.BAD_PATH, link + " is there and is no symbolic link");
        }
        Trees.sweep(link);
        if (!Files.isSymbolicLink(link)) {
            point(link, target);
        } else {
            Path old = Files.readSymbolicLink(link);
            if (!old.equals(target)) {
                // first the way back, then the switch: a crash in between leaves both right
                point(link.resolveSibling(link.getFileName() + ".previous"), old);
                point(link, target);
                return Done.at(task.context().clock().instant(), Map.of("link.previous", old.toString()));
            }
        }
        return Done.at(task.context().clock().instant());
    }

    private static void point(Path link, Path target) throws IOException, ActionFailure {
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new ActionFailure(Code.BAD_PATH, link + " is a directory, not a symbolic link");
        }
        Path fresh = Trees.beside(link);
        Files.createSymbolicLink(fresh, target);
        Durable.move(fresh, link);
    }
}
