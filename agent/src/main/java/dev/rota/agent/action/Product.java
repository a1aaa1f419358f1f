package dev.rota.agent.action;

import dev.rota.agent.exec.Commands;
import dev.rota.agent.step.Code;
import dev.rota.contract.Recipe;
import dev.rota.contract.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the product on this node through the recipe's queries. Each question is bounded in time and in what it may answer. */
public final class Product {
    /** No single question may take longer, however long the caller could wait. */
    static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

    static final Duration HTTP_LIMIT = Duration.ofSeconds(5);
    private static final int MAX_MEMBERS = 256;
    private static final int MAX_REPLICAS = 1_000;

    private final Context context;

    /** Asks with the values and as the user of a context. */
    public Product(Context context) {
        this.context = context;
    }

    /** The running version. Fails when the product does not run or does not say. */
    public String version(Deadline deadline) throws ActionFailure, InterruptedException {
        Matcher found = ask(context.recipe().detect(), deadline, "the version");
        if (!found.find()) {
            throw none("the version", found);
        }
        return group(found, "version");
    }

    /** The members as this node's product reports them. */
    public SortedSet<String> members(Deadline deadline) throws ActionFailure, InterruptedException {
        Recipe.Query query = context.recipe().members().orElseThrow(() -> noQuery("members"));
        Matcher found = ask(query, deadline, "the members");
        SortedSet<String> members = new TreeSet<>();
        while (found.find() && members.size() < MAX_MEMBERS) {
            members.add(group(found, "member"));
        }
        if (members.isEmpty()) {
            throw none("the members", found);
        }
        return members;
    }

    /** What the replica query answers: name to value. */
    public SortedMap<String, String> replicas(Deadline deadline) throws ActionFailure, InterruptedException {
        Recipe.Query query = context.recipe().replicas().orElseThrow(() -> noQuery("replicas"));
        Matcher found = ask(query, deadline, "the replicas");
        SortedMap<String, String> replicas = new TreeMap<>();
        while (found.find() && replicas.size() < MAX_REPLICAS) {
            replicas.put(group(found, "name"), group(found, "value"));
        }
        return replicas;
    }

    /** The member that leads the others, as this node's product reports it. */
    public String master(Deadline deadline) throws ActionFailure, InterruptedException {
        Recipe.Query query = context.recipe().master().orElseThrow(() -> noQuery("master"));
        Matcher found = ask(query, deadline, "the master");
        if (!found.find()) {
            throw none("the master", found);
        }
        return group(found, "member");
    }

    private static String group(Matcher found, String name) {
        return Optional.ofNullable(found.group(name)).orElse("");
    }

    private static ActionFailure noQuery(String name) {
        return new ActionFailure(Code.BAD_REQUEST, "the recipe has no query '" + name + "'");
    }

    private static ActionFailure none(String what, Matcher in) {
        String answer = in.replaceAll("$0");
        return new ActionFailure(
                Code.UNEXPECTED_OUTPUT, "found nothing about " + what + " in: " + Expectations.excerpt(answer), answer);
    }

    private Matcher ask(Recipe.Query query, Deadline deadline, String what) throws ActionFailure, InterruptedException {
        Pattern pattern = Pattern.compile(context.values().pattern(query.pattern()), Pattern.MULTILINE);
        Work source = context.values().source(query);
        Asked asked = source instanceof Work.Run run ? command(run, deadline) : http((Work.Http) source, deadline);
        if (asked.refusal().isPresent()) {
            throw new ActionFailure(
                    Code.NOT_PROVEN,
                    "cannot ask for " + what + ": " + asked.refusal().get(),
                    asked.answer());
        }
        return pattern.matcher(asked.answer());
    }

    /** An answer, and why it does not count if it does not. */
    record Asked(String answer, Optional<String> refusal) {}

    /** Runs an expanded command and judges its end. */
    Asked command(Work.Run run, Deadline deadline) throws InterruptedException {
        String name = "'" + String.join(" ", run.command()) + "' ";
        Duration limit = deadline.remaining(COMMAND_LIMIT);
        try {
            Commands.Result result = Commands.run(context.commandLine(run), limit);
            if (result.timedOut()) {
                return new Asked(result.output(), Optional.of(name + "did not end within " + Text.of(limit)));
            }
            return new Asked(
                    result.output(),
                    RunAction.refusal(run, result.exit(), result.output()).map(r -> name + r.text()));
        } catch (IOException e) {
            return new Asked("", Optional.of(name + "cannot be started: " + e.getMessage()));
        }
    }

    /** Sends an expanded request and judges the answer. */
    Asked http(Work.Http request, Deadline deadline) {
        String name = request.method() + " " + request.url() + " ";
        try {
            HttpClient.Answer answer = HttpClient.send(request, deadline.remaining(HTTP_LIMIT));
            return new Asked(answer.body(), HttpClient.refusal(request, answer).map(text -> name + text));
        } catch (IOException e) {
            return new Asked("", Optional.of(name + "was not answered: " + e.getMessage()));
        }
    }
}
