package dev.rota.agent.action;

import dev.rota.contract.Phase;
import dev.rota.contract.Recipe;
import dev.rota.contract.Values;
import dev.rota.contract.Work;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the class for each kind of work. */
public final class Actions {
    private static final String ARTIFACT_FILE = "${" + Values.ARTIFACT_FILE + "}";

    private final Map<Class<? extends Work>, Action<?>> byKind = new LinkedHashMap<>();
    private final FetchAction fetch;
    private final UnpackAction unpack;

    /** All kinds. */
    public Actions() {
        register(Work.Run.class, new RunAction());
        VerifiedFiles verified = new VerifiedFiles();
        fetch = new FetchAction(verified);
        unpack = new UnpackAction(verified);
        register(Work.Fetch.class, fetch);
        register(Work.Unpack.class, unpack);
        register(Work.Link.class, new LinkAction());
        register(Work.Copy.class, new CopyAction());
        register(Work.Archive.class, new ArchiveAction());
        register(Work.Restore.class, new RestoreAction());
        register(Work.Remove.class, new RemoveAction());
        register(Work.Service.class, new ServiceAction());
        register(Work.Http.class, new HttpAction());
        register(Work.Wait.class, new WaitAction());
    }

    private <W extends Work> void register(Class<W> kind, Action<W> action) {
        byKind.put(kind, action);
    }

    /** Does the work, see {@link Action#perform}. */
    public Done perform(Work work, Task task) throws ActionFailure, IOException, InterruptedException {
        return action(work).perform(work, task);
    }

    /**
     * Fetches the task's artifact before a step asks for it and, where the recipe stages by unpacking it, unpacks it beside.
     *
     * @throws ActionFailure if it cannot be had; nothing is lost, the step will try again
     */
    public void prepare(Task task) throws ActionFailure, IOException, InterruptedException {
        var unused = fetch.perform(new Work.Fetch(), task);
        Optional<Recipe.PhaseSpec> stage =
                Optional.ofNullable(task.context().recipe().phases().get(Phase.STAGE));
        if (stage.isPresent()
                && stage.get().actions().stream()
                        .anyMatch(a ->
                                a.work() instanceof Work.Unpack u && u.from().equals(ARTIFACT_FILE))) {
            unpack.prepare(task.context());
        }
    }

    /** Whether work that was started before a restart can be picked up, see {@link Action#canResume}. */
    public boolean canResume(Work work, Task task, boolean sameBoot) throws IOException {
        return action(work).canResume(work, task, sameBoot);
    }

    /** Whether the work leaves something behind that tells a restarted agent how far it came, see {@link Action#leavesTraces}. */
    public boolean leavesTraces(Work work) {
        return action(work).leavesTraces();
    }

    /** The newest of what the product itself wrote, see {@link Action#evidence}; empty when it cannot be read. */
    public String evidence(Work work) {
        try {
            return action(work).evidence(work);
        } catch (IOException unreadable) {
            return "";
        }
    }

    Set<Class<? extends Work>> kinds() {
        return byKind.keySet();
    }

    /** Safe: {@link #register} ties the class of the work to its action. */
    @SuppressWarnings("unchecked")
    private <W extends Work> Action<W> action(W work) {
        Action<?> action = byKind.get(work.getClass());
        if (action == null) {
            throw new IllegalStateException("no action for " + work.kind());
        }
        return (Action<W>) action;
    }
}
