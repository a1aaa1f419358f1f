package dev.rota.agent.action;

import dev.rota.agent.exec.FileSystems;
import dev.rota.agent.file.Durable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.agent.step.Code;
import dev.rota.contract.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a file or a tree beside its target and puts it in place by renaming; what was there is replaced as a whole. */
final class CopyAction implements Action<Work.Copy> {
    @Override
    public Done perform(Work.Copy work, Task task) throws ActionFailure, IOException, InterruptedException {
        Path from = Path.of(work.from());
        Path to = Path.of(work.to());
        if (!Files.exists(from)) {
            throw new ActionFailure(Code.BAD_PATH, from + " is not there to be copied");
        }
        Path real = from.toRealPath();
        if (to.toAbsolutePath().normalize().startsWith(real)) {
            throw new ActionFailure(Code.BAD_PATH, from + " cannot be copied into itself (" + to + ")");
        }
        Path parent = to.toAbsolutePath().getParent();
        if (parent == null) {
            throw new ActionFailure(Code.BAD_PATH, "cannot copy to " + to);
        }
        Files.createDirectories(parent);
        Trees.sweep(to);
        Space space = task.context().space(parent);
        Path fresh = Trees.beside(to);
        try {
            Trees.copy(real, fresh, space::use);
            FileSystems.sync(parent);
            Trees.replace(fresh, to);
            Durable.syncParent(to);
        } finally {
            Trees.delete(fresh);
        }
        return Done.at(task.context().clock().instant());
    }
}
