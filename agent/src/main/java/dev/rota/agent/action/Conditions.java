package dev.rota.agent.action;

import dev.rota.agent.exec.PidFile;
import dev.rota.agent.exec.ProcessTable;
import dev.rota.agent.file.Space;
import dev.rota.agent.file.Trees;
import dev.rota.contract.Condition;
import dev.rota.contract.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * Asks the conditions of a recipe. What cannot be found out does not hold, whichever way round the question is. Used by one thread at a
 * time.
 */
public final class Conditions {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final Context context;
    private final Product product;
    private long answeringNanos;

    /** Asks with the values and as the user of a context. */
    public Conditions(Context context) {
        this.context = context;
        this.product = new Product(context);
    }

    /**
     * An answer.
     *
     * @param found what was seen, for messages
     */
    public record Answer(boolean holds, String found) {}

    /**
     * Asks all conditions until one does not hold.
     *
     * @return what is missing ("members lack n2: members are n1, n2"); empty when all hold
     */
    public Optional<String> missing(List<Condition> conditions, Deadline deadline) throws InterruptedException {
        for (Condition template : conditions) {
            Condition condition = context.values().condition(template);
            Answer answer = ask(condition, deadline);
            if (!answer.holds()) {
                return Optional.of(
                        namesItself(condition) ? answer.found() : describe(condition) + ": " + answer.found());
            }
        }
        return Optional.empty();
    }

    /** All conditions that do not hold, each with what was seen. */
    public List<String> allMissing(List<Condition> conditions, Deadline deadline) throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (Condition condition : conditions) {
            missing(List.of(condition), deadline).ifPresent(all::add);
        }
        return all;
    }

    /** Whether what was seen begins with the request or the command, so that saying the condition too would say it twice. */
    private static boolean namesItself(Condition condition) {
        return condition instanceof Condition.HttpAnswers || condition instanceof Condition.CommandAnswers;
    }

    private static String describe(Condition condition) {
        return Expectations.readable(condition.describe());
    }

    /** How long the product has taken to answer so far. */
    public Duration answering() {
        return Duration.ofNanos(answeringNanos);
    }

    /** Asks one condition whose values are put in. */
    Answer ask(Condition condition, Deadline deadline) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            return answer(condition, deadline);
        } finally {
            if (condition.asksProduct()) {
                answeringNanos += System.nanoTime() - begun;
            }
        }
    }

    private Answer answer(Condition condition, Deadline deadline) throws InterruptedException {
        try {
            if (condition instanceof Condition.CommandAnswers c) {
                return answer(product.command(c.run(), deadline));
            }
            if (condition instanceof Condition.HttpAnswers c) {
                return answer(product.http(c.http(), deadline));
            }
            if (condition instanceof Condition.TcpPort c) {
                return port(c, deadline);
            }
            if (condition instanceof Condition.FileThere c) {
                boolean there = Trees.exists(Path.of(c.path()));
                return new Answer(there == c.exists(), there ? "it is there" : "it is not there");
            }
            if (condition instanceof Condition.MemberListed c) {
                SortedSet<String> members = product.members(deadline);
                return new Answer(
                        members.contains(c.member()) == c.listed(), "members are " + String.join(", ", members));
            }
            if (condition instanceof Condition.ProcessRuns c) {
                return process(c);
            }
            if (condition instanceof Condition.LinkPoints c) {
                return link(c);
            }
            if (condition instanceof Condition.VersionRuns c) {
                return version(c, deadline);
            }
            if (condition instanceof Condition.DiskFree c) {
                long free = Space.free(Path.of(c.path()));
                return new Answer(free >= c.bytes(), free + " bytes are free");
            }
            throw new IllegalStateException("no answer to " + condition.getClass());
        } catch (ActionFailure e) {
            return new Answer(false, e.message());
        } catch (IOException e) {
            return new Answer(false, "cannot be found out: " + e);
        }
    }

    private static Answer answer(Product.Asked asked) {
        return new Answer(asked.refusal().isEmpty(), asked.refusal().orElse("so it is"));
    }

    /** A port counts as closed only when the connection is refused: silence may be a broken network. */
    private static Answer port(Condition.TcpPort c, Deadline deadline) throws IOException {
        int colon = c.address().lastIndexOf(':');
        String host = c.address().substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
        int port;
        try {
            port = Integer.parseInt(c.address().substring(colon + 1));
        } catch (NumberFormatException e) {
            return new Answer(false, "'" + c.address() + "' is no host:port (" + e.getMessage() + ")");
        }
        long limit = Math.max(1, deadline.remaining(CONNECT_LIMIT).toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) limit);
            return new Answer(c.open(), "it accepts connections");
        } catch (ConnectException e) {
            return new Answer(!c.open(), "it refuses connections: " + e.getMessage());
        }
    }

    private static Answer process(Condition.ProcessRuns c) throws IOException {
        if (c.pidFile().isPresent()) {
            OptionalLong pid = new PidFile(Path.of(c.pidFile().get())).running();
            return new Answer(
                    pid.isPresent() == c.runs(),
                    pid.isPresent() ? "process " + pid.getAsLong() + " runs" : "none runs");
        }
        Pattern pattern = Pattern.compile(c.commandLine().orElse(""));
        Optional<ProcessTable.Running> found = ProcessTable.all().stream()
                .filter(p -> pattern.matcher(p.text()).find())
                .findFirst();
        return new Answer(
                found.isPresent() == c.runs(),
                found.map(p -> "process " + p.pid() + " runs").orElse("none runs"));
    }

    private static Answer link(Condition.LinkPoints c) throws IOException {
        Path link = Path.of(c.link());
        if (!Files.isSymbolicLink(link)) {
            return new Answer(false, Trees.exists(link) ? "it is no symbolic link" : "it is not there");
        }
        Path target = Files.readSymbolicLink(link);
        return new Answer(target.equals(Path.of(c.target())), "it points at " + target);
    }

    private Answer version(Condition.VersionRuns c, Deadline deadline) throws ActionFailure, InterruptedException {
        String found = product.version(deadline);
        Optional<Version> wanted = Version.tryParse(c.version());
        boolean same = found.equals(c.version()) || (wanted.isPresent() && wanted.equals(Version.tryParse(found)));
        return new Answer(same, "version " + found + " runs");
    }
}
