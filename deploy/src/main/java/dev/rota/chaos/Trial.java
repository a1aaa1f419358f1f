package dev.rota.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.rota.demo.Following;
import dev.rota.demo.Json;
import dev.rota.demo.ejabberd.Clients;
import dev.rota.demo.ejabberd.Node;
import dev.rota.load.api.ApiFigures;
import dev.rota.load.xmpp.XmppFigures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One hazard in one upgrade under load: it must hold the rollout by name or take the node back, and the documented answer finishes it. */
final class Trial {
    private static final int USERS = 20;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MS = 20;
    private static final String ACCOUNT = "{\"user\":\"o0\",\"host\":\"localhost\"}";
    private static final String MANUAL_STEP = "MANUAL_STEP";
    private static final String AGAIN = "the cause is taken away";

    private final Rig rig;
    private final Hazard hazard;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> answer = new ArrayList<>();
    private final long begin = System.nanoTime();
    private String code = "";
    private String sentence = "";
    private boolean pending;
    private boolean wentBack;

    Trial(Rig rig, Hazard hazard) {
        this.rig = rig;
        this.hazard = hazard;
        this.pending = hazard.point().isPresent();
    }

    /**
     * Carries it out.
     *
     * @throws IOException when it came to no end; the rig is of no use any more
     */
    Result run() throws IOException, InterruptedException {
        rig.fresh();
        rig.estate().make();
        try (Clients clients = new Clients(USERS, rig.nodes(), rig.product().balancer())) {
            clients.register();
            clients.start();
            return upgrade(clients);
        } finally {
            for (Hazard.Point point : hazard.point().stream().toList()) {
                rig.points().release(point.phase(), point.node(), point.at());
            }
        }
    }

    private Result upgrade(Clients clients) throws IOException, InterruptedException {
        Hazard.Expectation expected = hazard.expected();
        boolean finished;
        boolean serving;
        Watch watch = new Watch(rig.product(), ACCOUNT);
        try (watch) {
            hazard.before().to(rig);
            String plan = plan(List.of());
            hazard.planned().to(rig);
            for (Hazard.Point point : hazard.point().stream().toList()) {
                rig.points().set(point.phase(), point.node(), point.at());
            }
            apply(plan);
            finished = Json.text(rig.rota().rollout(), "state").equals("succeeded");
        }
        serving = watch.worst().size() >= expected.serving()
                && watch.emptyInService().isEmpty();
        if (!serving) {
            wrong.add("only " + watch.worst() + " served at one time, " + expected.serving() + " nodes must"
                    + (watch.emptyInService().isEmpty() ? "" : "; without data in service: " + watch.emptyInService()));
        }
        if (!finished) {
            wrong.add("the last rollout is " + Json.text(rig.rota().rollout(), "state"));
        }
        XmppFigures xmpp = clients.stopXmpp();
        ApiFigures api = clients.stopApi();
        List<String> whole = settled(everywhere(rig.product().defaultTarget()));
        List<String> lost = new ArrayList<>(clients.lostWrites());
        lost.addAll(clients.missingAccounts());
        lost.addAll(rig.estate().missing());
        wrong.addAll(whole);
        wrong.addAll(lost);
        if (api.failedRequests() > 0 && !expected.serversDie()) {
            wrong.add(api.failedRequests() + " requests failed: " + api.failures());
        }
        Map<String, Long> evidence = new LinkedHashMap<>();
        evidence.put("looks", watch.looks());
        evidence.put("fewestServing", (long) watch.worst().size());
        evidence.put("requests", api.requests());
        evidence.put("failedRequests", api.failedRequests());
        evidence.put("longestGapMs", api.maxGapMs());
        evidence.put("messagesLost", xmpp.lost());
        return new Result(
                hazard,
                wrong.isEmpty() ? (wentBack ? Result.ROLLED_BACK : Result.HELD) : Result.VIOLATED,
                code,
                sentence,
                List.copyOf(answer),
                serving,
                lost.isEmpty(),
                finished && whole.isEmpty(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                List.copyOf(wrong),
                evidence);
    }

    private Map<String, String> everywhere(String version) {
        Map<String, String> versions = new LinkedHashMap<>();
        rig.product().nodes().forEach(node -> versions.put(node, version));
        return versions;
    }

    private String plan(List<String> more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--stable", "0s", "--gate-every", "200ms", "--gate-retry", "10s"));
        words.addAll(hazard.words());
        words.addAll(more);
        return Json.text(rig.rota().plan(rig.product().defaultTarget(), words.toArray(String[]::new)), "id");
    }

    /** Applies a plan, does the deed at its point, and answers the hold. */
    private void apply(String plan) throws IOException, InterruptedException {
        Following following = Following.start(rig.rota(), "apply", plan, "--wait");
        long end = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            if (pending && reached()) {
                pending = false;
                hazard.deed().to(rig);
                Hazard.Point point = hazard.point().orElseThrow();
                rig.points().release(point.phase(), point.node(), point.at());
            }
            if (following.ended()) {
                int exit = following.exit();
                if (exit == 0) {
                    break;
                }
                following = exit == Following.HELD ? goOn() : again();
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException("the rollout came to no end within " + WITHIN.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        if (pending) {
            wrong.add("the rollout never came to " + hazard.point().orElseThrow());
        }
        if (code.isEmpty()) {
            wrong.add("nothing held the rollout, and nothing went back");
        }
    }

    private boolean reached() throws IOException {
        Hazard.Point point = hazard.point().orElseThrow();
        return rig.points().reached(point.phase(), point.node(), point.at()).isPresent();
    }

    private Following goOn() throws IOException, InterruptedException {
        String cluster = rig.product().cluster();
        JsonObject why =
                Json.parse(rig.rota().rota("why", cluster, "--output", "json").orThrow("rota why"));
        if (Json.text(why, "code").equals(MANUAL_STEP)) {
            rig.rota().rota("rollouts", "confirm", cluster, "--all").orThrow("rota rollouts confirm");
            return Following.start(rig.rota(), "rollouts", "watch", cluster);
        }
        if (!code.isEmpty()) {
            throw new IOException("held again after the answer, by " + Json.text(why, "code") + ": "
                    + Json.text(why, "waitingFor") + " " + strings(why, "evidence"));
        }
        compare(why);
        mend();
        switch (hazard.ending()) {
            case RETRY -> {
                command(why, "retry");
                return Following.start(rig.rota(), "rollouts", "watch", cluster);
            }
            case ABORT_AND_REPLACE -> {
                command(why, "abort");
                answer.addAll(rig.exchange(rig.product().defaultTarget()));
                answer.add("rota plan " + cluster + " --to " + rig.product().defaultTarget());
                return Following.start(rig.rota(), "apply", plan(List.of()), "--wait");
            }
            case ROLLBACK -> {
                command(why, "rollback");
                return Following.start(rig.rota(), "rollouts", "watch", cluster);
            }
            default -> throw new IOException("held, where the plan's policy should have taken the node back");
        }
    }

    private void mend() throws IOException, InterruptedException {
        hazard.remedy().to(rig);
        if (!hazard.remedyText().isEmpty()) {
            answer.add(hazard.remedyText());
        }
    }

    /** The node has gone back: it must serve with the release before, and the upgrade is planned again. */
    private Following again() throws IOException, InterruptedException {
        JsonObject rollout = rig.rota().rollout();
        JsonObject rollback = Json.object(rollout, "rollback");
        String state = Json.text(rollout, "state");
        boolean byPolicy = hazard.ending() == Hazard.Ending.POLICY;
        if (wentBack || !state.equals("rolled-back") || (!byPolicy && hazard.ending() != Hazard.Ending.ROLLBACK)) {
            throw new IOException("the rollout ended as " + state + ": " + Json.text(rollback, "why"));
        }
        wentBack = true;
        if (!strings(rollback, "nodes").equals(List.of(hazard.expected().node()))) {
            wrong.add("back went " + strings(rollback, "nodes") + ", not "
                    + hazard.expected().node());
        }
        if (byPolicy) {
            code = Result.BACK;
            sentence = Json.text(rollback, "why");
            compareWords(sentence);
            mend();
        }
        wrong.addAll(settled(versionsAfterTheWayBack()));
        String cluster = rig.product().cluster();
        String target = rig.product().defaultTarget();
        answer.add("rota plan " + cluster + " --to " + target + " --again '" + AGAIN + "'");
        answer.add("rota apply PLAN --wait");
        return Following.start(rig.rota(), "apply", plan(List.of("--again", AGAIN)), "--wait");
    }

    /** Nodes whose turn came before run the target, all others what they ran before. */
    private Map<String, String> versionsAfterTheWayBack() {
        Map<String, String> versions = new LinkedHashMap<>();
        String version = rig.product().defaultTarget();
        for (String node : rig.product().nodes()) {
            if (node.equals(hazard.expected().node())) {
                version = rig.product().installedVersion();
            }
            versions.put(node, version);
        }
        return versions;
    }

    /** Runs the very command that {@code rota why} names for that answer. */
    private void command(JsonObject why, String name) throws IOException, InterruptedException {
        for (JsonElement element : Json.list(why, "answers")) {
            JsonObject each = element.getAsJsonObject();
            if (Json.text(each, "name").equals(name)) {
                String command = Json.text(each, "command");
                answer.add(command);
                List<String> words = Arrays.asList(command.split(" "));
                rig.rota()
                        .rota(words.subList(1, words.size()).toArray(String[]::new))
                        .orThrow(command);
                return;
            }
        }
        throw new IOException("rota why names no command to " + name);
    }

    private void compare(JsonObject why) {
        Hazard.Expectation expected = hazard.expected();
        code = Json.text(why, "code");
        sentence = Json.text(why, "waitingFor");
        String all = sentence + "\n" + String.join("\n", strings(why, "evidence"));
        if (!code.equals(expected.code())) {
            wrong.add("held by " + code + ", not by " + expected.code() + ": " + all);
        }
        if (!Json.text(why, "node").equals(expected.node())
                || !Json.text(why, "phase").equals(expected.phase())) {
            wrong.add("held in " + Json.text(why, "phase") + " of " + Json.text(why, "node") + ", not in "
                    + expected.phase() + " of " + expected.node() + ": " + all);
        }
        compareWords(all);
    }

    private void compareWords(String all) {
        Hazard.Expectation expected = hazard.expected();
        expected.says().stream()
                .filter(word -> !sentence.contains(word))
                .forEach(word -> wrong.add("the sentence does not say '" + word + "': " + sentence));
        expected.shows().stream()
                .filter(word -> !all.contains(word))
                .forEach(word -> wrong.add("neither sentence nor evidence shows '" + word + "': " + all));
    }

    private static List<String> strings(JsonObject object, String field) {
        List<String> strings = new ArrayList<>();
        Json.list(object, field).forEach(e -> strings.add(e.getAsString()));
        return strings;
    }

    /** What is still wrong with the cluster when it was given a moment. */
    private List<String> settled(Map<String, String> versions) throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        List<String> still = disorder(versions);
        while (!still.isEmpty() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            still = disorder(versions);
        }
        return still;
    }

    private List<String> disorder(Map<String, String> versions) throws InterruptedException {
        List<String> wrong = new ArrayList<>(rig.product().verify(versions));
        List<String> names = rig.nodes().all().stream().map(Node::name).toList();
        rig.product()
                .balancer()
                .serving()
                .filter(up -> up.size() < names.size())
                .ifPresent(up -> wrong.add("the balancer uses only " + up));
        return wrong;
    }
}
