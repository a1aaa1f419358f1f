package dev.rota.coordinator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Phase;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.fixture.Drive;
import dev.rota.coordinator.fixture.Situation;
import dev.rota.coordinator.rollout.Event.Control;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rollouts of several hops. */
class HopsTest {
    /** Soft to 23.04, then a full stop that shrinks the cluster. */
    private final Drive drive = Drive.of(Situation.of("shop", "23.01", "24.12", "n1", "n2", "n3")
            .recipeText(t -> t.replace("path:\n", "path:\n  stepping_stones: [{via: '23.04'}]\n")
                    .replace("\"24.12\"]", "\"23.10\", \"24.12\"]"))
            .catalogue("23.04"));

    private int second() {
        return drive.rollout().plan().hops().get(1).firstBatch();
    }

    @Test
    void theNextHopBeginsWhenTheOneBeforeIsDone() {
        RolloutState start = drive.rollout();
        assertThat(start.hop().to()).isEqualTo(Version.parse("23.04"));
        assertThat(start.hop().mode()).isEqualTo(Mode.SOFT);

        drive.until(r -> r.batch() == second());
        RolloutState between = drive.rollout();
        assertThat(between.hop().to()).isEqualTo(Version.parse("24.12"));
        assertThat(between.hop().mode()).isEqualTo(Mode.FULL_STOP);
        assertThat(between.versionBefore("n1")).isEqualTo(Version.parse("23.04"));
        assertThat(between.facts().outOfService()).isEmpty();
        assertThat(between.facts().upgraded()).isEmpty();
        assertThat(between.facts().backedUp())
                .as("the backups of the hop before are of an older release")
                .isEmpty();
        assertThat(between.mixedSince()).isEmpty();

        drive.until(r -> r.status().ended());
        RolloutState end = drive.rollout();
        assertThat(end.status()).isInstanceOf(RolloutStatus.Succeeded.class);
        assertThat(end.facts().upgraded()).containsExactly("n1", "n2", "n3");
        assertThat(end.attempts("n1", Phase.INSTALL))
                .as("a step of another hop is another attempt, so that no agent takes it for done")
                .isEqualTo(2);
    }

    @Test
    void theLastHealthGateOfAHopGivesTheSlotBackAlthoughTheNextHopBegins() {
        Drive desk = Drive.of(Situation.of("desk", "1.0", "2.0", "n1", "n2")
                .recipeText(t -> t.replace("{rule: direct}", "{rule: direct, stepping_stones: [{via: '1.1'}]}"))
                .catalogue("1.1"));
        desk.until(r -> r.status().ended() || r.status() instanceof RolloutStatus.Held);
        assertThat(desk.rollout().status()).isInstanceOf(RolloutStatus.Succeeded.class);
    }

    @Test
    void betweenTwoHopsIsASafePoint() {
        int last = second() - 1;
        drive.until(r -> r.batch() == last);
        drive.control(Control.PAUSE);

        drive.until(r -> r.status() instanceof RolloutStatus.Paused);
        assertThat(drive.rollout().batch()).isEqualTo(second());

        drive.control(Control.ABORT);
        assertThat(drive.rollout().status()).isInstanceOf(RolloutStatus.Aborted.class);
    }

    @Test
    void aReleaseThatIsWithdrawnOnTheWayIsNotInstalledUnasked() {
        Version later = Version.parse("24.12");
        drive.apply(new Entry.ReleaseAdded(
                "q1", Situation.of("shop", "23.01", "24.12", "n1", "n2", "n3").release("24.12")));
        drive.apply(new Entry.ReleaseWithdrawn("q2", "shop", later, "loses carts", "bob", drive.now()));

        drive.until(r -> r.status() instanceof RolloutStatus.Unconfirmed);
        assertThat(drive.rollout().batch()).isEqualTo(second());
        assertThat(drive.rollout().attempts("n1", Phase.STAGE))
                .as("of the first hop")
                .isEqualTo(1);
        assertThat(Why.toDo(drive.rollout())).singleElement().asString().contains("withdrawn by bob: loses carts");

        drive.send(new Event.Confirmed(java.util.List.of("w24.12"), "ann", drive.now()));
        drive.until(r -> r.status().ended());
        assertThat(drive.rollout().status()).isInstanceOf(RolloutStatus.Succeeded.class);
    }

    @Test
    void timeAPersonLetsItWaitIsNeitherTheProductsNorOverhead() {
        drive.until(r -> r.batch() == 2);
        Accounting before = Accounting.of(drive.rollout(), drive.now());
        drive.control(Control.PAUSE).until(r -> r.status() instanceof RolloutStatus.Paused);
        Accounting paused = Accounting.of(drive.rollout(), drive.now());
        drive.wait(Duration.ofHours(3));
        Accounting waiting = Accounting.of(drive.rollout(), drive.now());
        assertThat(before.heldMs()).isZero();
        assertThat(waiting.heldMs()).isEqualTo(Duration.ofHours(3).toMillis());
        assertThat(waiting.overheadMs()).isEqualTo(paused.overheadMs());
        assertThat(waiting.productMs()).isEqualTo(paused.productMs());

        drive.control(Control.RESUME).until(r -> r.status().ended());
        Accounting end = Accounting.of(drive.rollout(), drive.now());
        assertThat(end.heldMs()).isEqualTo(Duration.ofHours(3).toMillis());
        assertThat(end.productMs() + end.heldMs() + end.overheadMs())
                .isEqualTo(Duration.between(drive.rollout().startedAt(), drive.now())
                        .toMillis());
    }
}
