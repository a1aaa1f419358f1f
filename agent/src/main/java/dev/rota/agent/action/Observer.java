package dev.rota.agent.action;

import dev.rota.agent.file.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Looks at the product on this node. The questions are asked side by side, so that a look takes as long as the slowest one. */
public final class Observer {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MAX_PROBLEMS = 20;
    private static final int MAX_PROBLEM = 500;
    private static final int MAX_REASON = 2_000;

    private final Context context;
    private final ExecutorService pool;

    /** Looks with the values of a context; the pool runs up to five questions at once. */
    public Observer(Context context, ExecutorService pool) {
        this.context = context;
        this.pool = pool;
    }

    /**
     * What was seen.
     *
     * @param member this node's name inside the product's cluster
     * @param version of the product that runs; empty when it does not run or does not answer
     * @param artifact SHA-256 of the artifact the current release was unpacked from; empty when unknown
     * @param unhealthy why not all health conditions hold; empty when they do
     * @param members as the product reports them; empty when it was not asked or did not answer
     * @param replicas what the replica query answered; empty when it was not asked or did not answer
     * @param master the member that leads the others; empty when it was not asked or not answered
     * @param problems what could not be found out
     * @param productMs milliseconds the product's own commands and endpoints took, all together
     */
    public record Seen(
            String member,
            String version,
            String artifact,
            String unhealthy,
            Optional<SortedSet<String>> members,
            Optional<SortedMap<String, String>> replicas,
            Optional<String> master,
            long diskFreeBytes,
            List<String> problems,
            long productMs) {}

    /** Looks now, without asking who leads; takes at most a little over ten seconds. */
    public Seen look(boolean withReplicas) throws InterruptedException {
        return look(withReplicas, false);
    }

    /** Looks now; takes at most a little over ten seconds. */
    public Seen look(boolean withReplicas, boolean withMaster) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        Product product = new Product(context);
        Deadline deadline = Deadline.in(LIMIT, context.clock());
        boolean clustered = context.recipe().members().isPresent();
        boolean replicated = withReplicas && context.recipe().replicas().isPresent();
        long begun = System.nanoTime();
        Future<String> version = pool.submit(() -> product.version(deadline));
        Future<List<String>> health = pool.submit(
                () -> new Conditions(context).allMissing(context.recipe().health(), deadline));
        Optional<Future<SortedSet<String>>> members =
                clustered ? Optional.of(pool.submit(() -> product.members(deadline))) : Optional.empty();
        Optional<Future<SortedMap<String, String>>> replicas =
                replicated ? Optional.of(pool.submit(() -> product.replicas(deadline))) : Optional.empty();
        Optional<Future<String>> master =
                withMaster && context.recipe().master().isPresent()
                        ? Optional.of(pool.submit(() -> product.master(deadline)))
                        : Optional.empty();
        Optional<String> versionSeen = get(version, "version", problems);
        Optional<List<String>> healthSeen = get(health, "health", problems);
        Optional<SortedSet<String>> membersSeen =
                members.isPresent() ? get(members.get(), "members", problems) : Optional.empty();
        Optional<SortedMap<String, String>> replicasSeen =
                replicas.isPresent() ? get(replicas.get(), "replicas", problems) : Optional.empty();
        Optional<String> masterSeen = master.isPresent() ? get(master.get(), "master", problems) : Optional.empty();
        long productMs = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        String unhealthy = unhealthy(healthSeen, versionSeen, problems);
        return new Seen(
                text(
                        "member",
                        problems,
                        () -> context.values().text(context.recipe().member())),
                versionSeen.orElse(""),
                text("artifact", problems, this::artifact),
                cut(unhealthy, MAX_REASON),
                membersSeen,
                replicasSeen,
                masterSeen,
                free(problems),
                problems.stream()
                        .limit(MAX_PROBLEMS)
                        .map(p -> cut(p, MAX_PROBLEM))
                        .toList(),
                productMs);
    }

    /** A recipe without health conditions leaves only one sign of life: that the version could be asked. */
    private String unhealthy(Optional<List<String>> health, Optional<String> version, List<String> problems) {
        if (health.isEmpty()) {
            return "health could not be asked";
        }
        if (context.recipe().health().isEmpty() && version.isEmpty()) {
            return problems.isEmpty() ? "no version" : problems.get(0);
        }
        return String.join("\n", health.get());
    }

    private String artifact() throws IOException {
        return UnpackAction.marker(
                        Path.of(context.values().text(context.recipe().installed())))
                .orElse("");
    }

    private long free(List<String> problems) {
        try {
            return Space.free(context.places().data());
        } catch (IOException e) {
            problems.add("disk space: " + e);
            return 0;
        }
    }

    private static String text(String what, List<String> problems, Callable<String> read) {
        try {
            return read.call();
        } catch (Exception e) {
            problems.add(what + ": " + e.getMessage());
            return "";
        }
    }

    private static <T> Optional<T> get(Future<T> future, String what, List<String> problems)
            throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            problems.add(what + ": " + cause.getMessage());
            return Optional.empty();
        }
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 3) + "...";
    }

    /** What was seen, name to value, in the order a reader wants it. */
    public static Map<String, String> describe(Seen seen) {
        Map<String, String> lines = new java.util.LinkedHashMap<>();
        lines.put("member", seen.member());
        lines.put("version", seen.version().isEmpty() ? "unknown" : seen.version());
        lines.put("artifact", seen.artifact().isEmpty() ? "unknown" : seen.artifact());
        lines.put("healthy", seen.unhealthy().isEmpty() ? "yes" : "no: " + seen.unhealthy());
        lines.put("members", seen.members().map(m -> String.join(", ", m)).orElse("unknown"));
        seen.replicas().ifPresent(r -> lines.put("replicas", r.toString()));
        seen.master().ifPresent(m -> lines.put("master", m));
        lines.put("disk free", seen.diskFreeBytes() / (1024 * 1024) + " MB");
        lines.put("took", seen.productMs() + " ms");
        seen.problems().forEach(p -> lines.merge("problems", p, (a, b) -> a + "; " + b));
        return lines;
    }
}
