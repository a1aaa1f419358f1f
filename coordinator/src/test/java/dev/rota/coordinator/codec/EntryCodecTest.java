package dev.rota.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.BlockerAnswer;
import dev.rota.coordinator.domain.BlockerPlan;
import dev.rota.coordinator.domain.Budget;
import dev.rota.coordinator.domain.FailurePolicy;
import dev.rota.coordinator.domain.Known;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Oversight;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.domain.Policy;
import dev.rota.coordinator.domain.ProbePlan;
import dev.rota.coordinator.domain.ProbeSight;
import dev.rota.coordinator.domain.ProbeSpan;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.domain.Sight;
import dev.rota.coordinator.domain.StepKey;
import dev.rota.coordinator.domain.StepReport;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Plans;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.coordinator.rollout.Event.Control;
import dev.rota.coordinator.rollout.GatePurpose;
import dev.rota.wire.journal.v1.EntryRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {
    private static final Instant AT = Instant.parse("2026-01-05T22:00:00.123456Z");

    private static Map<String, Entry> samples() {
        Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2").zone("n2", "east");
        Map<String, Entry> all = new LinkedHashMap<>();
        all.put("inventory", new Entry.InventoryDeclared(shop.inventory()));
        all.put("release", new Entry.ReleaseAdded("q1", release(Optional.empty(), "", Optional.empty())));
        all.put(
                "release-banned",
                new Entry.ReleaseAdded(
                        "", release(Optional.of(false), "tables change", Optional.of(Version.parse("23.01")))));
        all.put(
                "release-allowed",
                new Entry.ReleaseAdded("q1", release(Optional.of(true), "tested", Optional.empty())));
        all.put("plan", new Entry.PlanMade("q2", fixed(shop.plan())));
        all.put("plan-of-hops", new Entry.PlanMade("q2", hops()));
        all.put("plan-with-policy", new Entry.PlanMade("q2", goingBack()));
        all.put("start", new Entry.RolloutStarted("q3", "r1", "p1", "ann", AT));
        for (Outcome o : Outcome.values()) {
            all.put("report-" + o.label(), changed(reported(o)));
        }
        for (GatePurpose p : GatePurpose.values()) {
            all.put("look-" + p.label(), changed(looked(p)));
        }
        all.put("plan-watched", new Entry.PlanMade("q2", watched(shop.plan())));
        all.put(
                "start-broken",
                new Entry.RolloutStarted(
                        "q3",
                        "r1",
                        "p1",
                        "ann",
                        AT,
                        List.of(new Known("n3", Known.NODE_UNHEALTHY, "n3 does not serve: no answer"))));
        all.put("look-from-outside", changed(lookedFromOutside()));
        all.put(
                "probed",
                changed(new Event.Probed(
                        List.of(
                                ProbeSpan.of(true, AT, "").and(AT.plusSeconds(1), ""),
                                ProbeSpan.of(false, AT.plusSeconds(2), "no connection")),
                        AT.plusSeconds(2))));
        all.put("confirmed", changed(new Event.Confirmed(List.of("m1", "m2"), "ann", AT)));
        all.put("time", changed(new Event.TimePassed(AT)));
        for (Control c : Control.values()) {
            all.put("control-" + c.name(), changed(new Event.Controlled(c, "ann", AT)));
        }
        Version version = Version.parse("23.04");
        all.put(
                "release-dated",
                new Entry.ReleaseAdded(
                        "q5",
                        release(Optional.empty(), "", Optional.empty())
                                .released(Optional.of(LocalDate.parse("2023-04-18")))));
        all.put("withdrawn", new Entry.ReleaseWithdrawn("q6", "shop", version, "loses carts", "ann", AT));
        all.put("removed", new Entry.ReleaseRemoved("q7", "shop", version, "ann", AT));
        all.put(
                "notes",
                new Entry.NotesImported(
                        "q8",
                        "shop",
                        List.of(
                                new NoteRef("23.04/upgrade.md", "e".repeat(64), 1234),
                                new NoteRef("index.rst", "f".repeat(64), 1))));
        all.put("notes-removed", new Entry.NotesRemoved("q9", "shop", List.of("22.10/upgrade.md", "old.txt")));
        all.put("coordinator", new Entry.CoordinatorDeclared("", "rota-1", "rota-1.example.org:7443"));
        all.put("nodes-recorded", new Entry.NodesRecorded(shop.inventory(), RecordedNodes.samples()));
        all.put("undone-by-hand", new Entry.UndoneByHand("q11", "chat", List.of("chat-7/n4/stop"), "ann", "scrapped"));
        all.put("coordinator-removed", new Entry.CoordinatorDeclared("q10", "rota-1", ""));
        return all;
    }

    /** With a policy, a way back of the recipe's own, and members whose artifact is known. */
    private static Plan goingBack() {
        Plan plan = Situation.of("shop", "23.01", "23.04", "n1", "n2")
                .recipeText(
                        t -> t
                                + "rollback:\n  restore:\n    within: 9s\n    do: [{restore: {from: \"${backup.dir}/data.tar.gz\", to: \"${root}/data\"}}]\n")
                .catalogue("23.01")
                .plan();
        FailurePolicy failure = new FailurePolicy(3, Duration.ofSeconds(5), FailurePolicy.Then.ROLLBACK_NODE);
        Plan cut = Plans.withBatches(plan, plan.batches().subList(0, 2));
        return Plans.on(Plans.withPolicy(cut, new Policy(failure)), "d".repeat(64), new TreeMap<>())
                .withId("c".repeat(64));
    }

    private static Plan hops() {
        Plan plan = Situation.of("desk", "1.0", "2.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                .catalogue("1.1")
                .took(Phase.INSTALL, Duration.ofMillis(1500))
                .plan();
        SortedMap<String, String> basis = new TreeMap<>(Map.of("the catalogue", "a".repeat(64)));
        return Plans.on(plan, "d".repeat(64), basis).withId("c".repeat(64));
    }

    /** The recipe's digest changes with its text; golden bytes must not. As plans were before they had hops. */
    private static Plan fixed(Plan p) {
        Plan cut = Plans.withBatches(Plans.bare(p), Plans.bare(p).batches().subList(0, 2));
        return Plans.on(cut, "d".repeat(64), new TreeMap<>()).withId("c".repeat(64));
    }

    private static Entry changed(Event event) {
        return new Entry.RolloutChanged("q4", "r1", 17, event);
    }

    private static Event reported(Outcome outcome) {
        SortedMap<String, String> facts = new TreeMap<>(Map.of("backup.sha256", "b".repeat(64)));
        return new Event.StepReported(
                new StepKey("r1", "n1", Phase.BACKUP, 2),
                new StepReport(outcome, "EXIT", "it ended with 1", "run x", "line 1\nline 2", 30, 20, 10, facts),
                AT);
    }

    /** With everything that may watch over it. */
    private static Plan watched(Plan p) {
        Plan plan = fixed(p);
        return new Plan(
                plan.id(),
                plan.cluster(),
                plan.product(),
                plan.recipeDigest(),
                plan.hops(),
                plan.members(),
                plan.batches(),
                plan.gate(),
                plan.maxUnavailable(),
                plan.minServing(),
                plan.membersCompared(),
                plan.replicasCompared(),
                plan.evidence(),
                Policy.DEFAULT.with(new Oversight(
                        Optional.of(new ProbePlan(
                                "GET http://127.0.0.1:8080/", Duration.ofMillis(500), Duration.ofSeconds(2))),
                        new Budget(Optional.of(Duration.ofSeconds(5)), Optional.of(10L)),
                        List.of(new BlockerPlan("alerts", "run may-i chat")),
                        Duration.ofMinutes(20),
                        Optional.of(Duration.ofSeconds(30)),
                        List.of(new Known("", Known.PROBE_FAILS, "the outside probe fails: no connection")))),
                plan.basis(),
                plan.createdAt(),
                plan.createdBy());
    }

    private static Event lookedFromOutside() {
        Sight sight = new Sight(
                Optional.of(new ProbeSight(AT.minusSeconds(1), true, "", Optional.of(AT.minusSeconds(9)))),
                List.of(new BlockerAnswer("alerts", true, "2 fire"), new BlockerAnswer("freeze", false, "")));
        return new Event.Looked("n1", GatePurpose.TAKE_OUT, 3, new TreeMap<>(), sight, AT);
    }

    private static Event looked(GatePurpose purpose) {
        SortedMap<String, NodeObservation> view = new TreeMap<>();
        view.put("n1", observation("n1", true));
        view.put("n2", observation("n2", false));
        return new Event.Looked("n1", purpose, 3, view, AT);
    }

    private static NodeObservation observation(String node, boolean answers) {
        return new NodeObservation(
                node,
                AT,
                "shop@" + node,
                answers ? Version.tryParse("23.01") : Optional.empty(),
                "a".repeat(64),
                answers,
                answers ? "" : "port closed",
                answers ? Optional.of(List.of("shop@n1", "shop@n2")) : Optional.empty(),
                answers ? Optional.of(new TreeMap<>(Map.of("carts", "7"))) : Optional.empty(),
                1L << 40,
                answers ? List.of() : List.of("connection refused"),
                12);
    }

    private static Release release(Optional<Boolean> soft, String reason, Optional<Version> follows) {
        return new Release(
                "shop",
                Version.parse("23.04"),
                new Release.ArtifactRef("a".repeat(64), 1234, "shop.tar"),
                soft,
                reason,
                follows,
                AT,
                "ann");
    }

    @Test
    void everyEntryIsReadBackAsItWasWritten() {
        samples()
                .forEach((name, entry) -> assertThat(EntryCodec.decode(EntryCodec.encode(entry)))
                        .as(name)
                        .isEqualTo(entry));
    }

    @Test
    void everyKindOfEntryAndEventHasASample() {
        Set<Class<?>> entries =
                samples().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(entries).containsExactlyInAnyOrder(Entry.class.getPermittedSubclasses());
        Set<Class<?>> events = samples().values().stream()
                .filter(Entry.RolloutChanged.class::isInstance)
                .map(e -> ((Entry.RolloutChanged) e).event().getClass())
                .collect(Collectors.toSet());
        events.add(Event.Began.class);
        assertThat(events).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    }

    /** These bytes are in journals already: a later version adds a file of its own and must still read this one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachFormatIsWrittenAndReadAsEver(int format) throws IOException {
        Map<String, Entry> values = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> e : golden(format).entrySet()) {
            Entry entry = EntryCodec.decode(e.getValue());
            assertThat(EntryCodec.encode(entry)).as(e.getKey()).isEqualTo(e.getValue());
            values.put(e.getKey(), entry);
        }
        GoldenBytes.means("journal/format-" + format + "-values.txt", values);
    }

    private static Map<String, byte[]> golden(int format) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        samples().forEach((name, entry) -> {
            if (Formats.of(entry) == format) {
                all.put(name, EntryCodec.encode(entry));
            }
        });
        return GoldenBytes.with("journal/format-" + format + ".txt", all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fieldsOfALaterVersionArePassedOver(int format) throws IOException {
        for (Map.Entry<String, byte[]> e : golden(format).entrySet()) {
            byte[] later = LaterVersion.of(EntryRecord.parseFrom(e.getValue())).toByteArray();
            assertThat(later).hasSizeGreaterThan(e.getValue().length);
            assertThat(EntryCodec.decode(later)).as(e.getKey()).isEqualTo(EntryCodec.decode(e.getValue()));
        }
    }

    @Test
    void whatThisVersionCannotReadStopsIt() {
        byte[] newer = EntryRecord.newBuilder().setFormat(3).build().toByteArray();
        assertThatThrownBy(() -> EntryCodec.decode(newer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("journal entry of format 3, this version reads up to 2");
        byte[] nothing = EntryRecord.newBuilder().setFormat(1).build().toByteArray();
        assertThatThrownBy(() -> EntryCodec.decode(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("journal entry of an unknown kind");
        assertThatThrownBy(() -> EntryCodec.decode(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedBytesAreRefusedAndNothingElseIsThrown() {
        for (Entry entry : samples().values()) {
            byte[] bytes = EntryCodec.encode(entry);
            for (int i = 0; i < bytes.length; i += 3) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= 0x15;
                for (byte[] damaged : List.of(Arrays.copyOf(bytes, i), flipped)) {
                    try {
                        assertThat(EntryCodec.decode(damaged)).isNotNull();
                    } catch (IllegalArgumentException e) {
                        assertThat(e.getMessage()).isNotEmpty();
                    }
                }
            }
        }
    }
}
