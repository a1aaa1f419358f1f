package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.domain.StepReport.Outcome;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Instant AT = Situation.T0;
    private static final RecordedNode RECORDED =
            new RecordedNode(Version.parse("1.0"), "a".repeat(64), "d".repeat(64), List.of("n1", "n2"), AT, "", "");

    private static NodeObservation seen(Instant at, String version, String sha, String... members) {
        return new NodeObservation(
                "n1",
                at,
                "n1",
                Version.tryParse(version),
                sha,
                true,
                "",
                members.length == 0 ? Optional.empty() : Optional.of(List.of(members)),
                Optional.empty(),
                1,
                List.of(),
                1);
    }

    private static List<String> drift(String version, String sha, String recipe, String... members) {
        return Drift.of(RECORDED, seen(AT.plusSeconds(1), version, sha, members), recipe);
    }

    @Test
    void whatIsAsRecordedDoesNotDrift() {
        assertThat(drift("1.0", "a".repeat(64), "d".repeat(64), "n2", "n1")).isEmpty();
    }

    @Test
    void everyDifferenceIsNamed() {
        assertThat(drift("1.1", "b".repeat(64), "e".repeat(64), "n1", "n3"))
                .containsExactly(
                        "runs 1.1, 1.0 was recorded",
                        "runs from artifact bbbbbbbbbbbb, aaaaaaaaaaaa was recorded",
                        "its agent's recipe is eeeeeeeeeeee, dddddddddddd was recorded",
                        "lists members that were not recorded: n3",
                        "lists no longer: n2");
    }

    @Test
    void whatIsNotKnownIsNoDifference() {
        assertThat(drift("", "b".repeat(64), "e".repeat(64), "n3")).isEmpty();
        assertThat(drift("1.0", "", "")).isEmpty();
        assertThat(Drift.of(RECORDED, seen(AT, "1.1", ""), "")).isEmpty();
    }

    @Test
    void theFirstTimeADifferenceWasSeenStaysUntilItIsGone() {
        RecordedNode once = RECORDED.drifting(List.of("runs 1.1"), AT.plusSeconds(5));
        RecordedNode other = once.drifting(List.of("runs 1.2"), AT.plusSeconds(9));
        assertThat(other.driftSince()).contains(AT.plusSeconds(5));
        assertThat(other.drifting(List.of(), AT.plusSeconds(20))).isEqualTo(RECORDED);
    }

    @Test
    void aRolloutRecordsWhatItHasProven() {
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2"))
                .until(r -> r.status().ended());
        Map<String, RecordedNode> recorded = d.state().clusterFacts().recorded();
        assertThat(recorded).containsOnlyKeys("n1", "n2");
        RecordedNode n1 = Objects.requireNonNull(recorded.get("n1"));
        assertThat(n1.version()).isEqualTo(Version.parse("23.04"));
        assertThat(n1.artifactSha256()).isEqualTo(d.rollout().hop().artifact().sha256());
        assertThat(n1.members()).containsExactly("shop@n1", "shop@n2");
        assertThat(n1.by()).isEqualTo("r1");
        d.view()
                .values()
                .forEach(o -> assertThat(Drift.of(
                                n1,
                                seen(d.now().plusSeconds(1), "23.04", o.artifactSha256(), "shop@n1", "shop@n2"),
                                ""))
                        .isEmpty());
    }

    @Test
    void whoTheMembersAreIsNotKnownWhileANodeIsOut() {
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3"));
        d.untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED).control(Control.ABORT);
        assertThat(Objects.requireNonNull(d.state().clusterFacts().recorded().get("n1"))
                        .members())
                .isEmpty();
    }

    @Test
    void aNodeThatIsInNoClusterAnyMoreIsForgotten() {
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2"))
                .until(r -> r.status().ended());
        d.apply(new Entry.InventoryDeclared(
                Situation.of("shop", "23.01", "23.04", "n2").inventory()));
        assertThat(d.state().clusterFacts().recorded()).containsOnlyKeys("n2");
    }

    @Test
    void whatARolloutLeftHalfDoneIsNotKnownAnyMore() {
        Drive d = Drive.of(Situation.of("shop", "23.01", "23.04", "n1", "n2", "n3"));
        RecordedNode old = new RecordedNode(Version.parse("23.01"), "", "", List.of(), AT, "", "");
        d.apply(new Entry.NodesRecorded(d.state().inventory(), new TreeMap<>(Map.of("n1", old, "n2", old, "n3", old))));
        d.untilWorking("n2", Phase.INSTALL).answer("n2", Outcome.FAILED).control(Control.ABORT);
        Map<String, RecordedNode> recorded = d.state().clusterFacts().recorded();
        assertThat(recorded).containsOnlyKeys("n1", "n3").containsEntry("n3", old);
        assertThat(Objects.requireNonNull(recorded.get("n1")).version()).isEqualTo(Version.parse("23.04"));
    }
}
