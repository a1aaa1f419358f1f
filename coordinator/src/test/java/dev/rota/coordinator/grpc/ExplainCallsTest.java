package dev.rota.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.coordinator.codec.EntryCodec;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.domain.Plan;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Entry;
import dev.rota.coordinator.rollout.Event;
import dev.rota.wire.operator.v1.Answer;
import dev.rota.wire.operator.v1.ExplainRequest;
import dev.rota.wire.operator.v1.Explanation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rota why} of plans and rollouts, before the start and after the end. */
class ExplainCallsTest {
    @TempDir
    Path directory;

    private OperatorHarness harness;
    private final Situation shop = Situation.of("shop", "23.01", "23.04", "n1", "n2");
    private final Plan soft = shop.plan();
    private final Plan stop = shop.mode(Mode.FULL_STOP).plan();

    @BeforeEach
    void start() throws Exception {
        harness = new OperatorHarness(directory);
        receive(
                new Entry.InventoryDeclared(shop.inventory()),
                new Entry.PlanMade("", soft),
                new Entry.PlanMade("", stop));
    }

    @AfterEach
    void end() {
        harness.close();
    }

    private void receive(Entry... entries) {
        for (Entry entry : entries) {
            harness.journal().receive(EntryCodec.encode(entry));
        }
    }

    private Explanation why(String subject) {
        return harness.stub()
                .explain(ExplainRequest.newBuilder().setSubject(subject).build());
    }

    private static List<String> commands(Explanation e) {
        return e.getAnswersList().stream().map(Answer::getCommand).toList();
    }

    @Test
    void aPlanThatCannotStartSaysAllThatKeepsItFromStarting() {
        receive(new Entry.RolloutStarted("", "r1", soft.id(), "ann", Situation.T0));

        Explanation why = why(stop.id().substring(0, 12));

        assertThat(why.getState()).isEqualTo("planned");
        assertThat(why.getCode()).isEqualTo("CLUSTER_BUSY");
        assertThat(why.getEvidenceList()).anyMatch(e -> e.startsWith("[CLUSTER_BUSY] rollout r1 of cluster chat"));
        assertThat(why.getEvidenceList()).anyMatch(e -> e.startsWith("[STALE_PLAN]"));
        assertThat(commands(why)).contains("rota why r1", "rota plan chat --to 23.04");
    }

    @Test
    void aPlanThatWasAppliedLeadsToItsRollout() {
        receive(new Entry.RolloutStarted("", "r1", soft.id(), "ann", Situation.T0));

        Explanation why = why(soft.id());

        assertThat(why.getState()).isEqualTo("applied");
        assertThat(why.getCode()).isEqualTo("PLAN_APPLIED");
        assertThat(commands(why)).containsExactly("rota why r1");
    }

    @Test
    void aRolloutThatHasEndedSaysHow() {
        receive(
                new Entry.RolloutStarted("", "r1", soft.id(), "ann", Situation.T0),
                new Entry.RolloutChanged("", "r1", 1, new Event.Controlled(Event.Control.PAUSE, "ann", Situation.T0)));

        assertThat(why("r1").getState()).isEqualTo("pausing");
        assertThatThrownBy(() -> why("r2")).hasMessageContaining("NOT_FOUND");
    }
}
