package dev.rota.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import dev.rota.cli.FakeOperator;
import dev.rota.cli.Samples;
import dev.rota.cli.exit.CommandFailure;
import dev.rota.cli.exit.ExitCode;
import dev.rota.wire.operator.v1.ApplyPlanRequest;
import dev.rota.wire.operator.v1.NotesHeader;
import dev.rota.wire.operator.v1.ReleaseHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that does not lead sends calls to the one that does. */
class RedirectTest {
    private static final ApplyPlanRequest APPLY =
            ApplyPlanRequest.newBuilder().setRequestId("q1").setPlanId("p1").build();

    @TempDir
    Path directory = Path.of("");

    private final FakeOperator one = new FakeOperator();
    private final FakeOperator two = new FakeOperator();
    private final FakeOperator three = new FakeOperator();
    private final InProcess coordinators =
            new InProcess().serve("c1:1", one).serve("c2:1", two).serve("c3:1", three);

    @AfterEach
    void close() {
        coordinators.close();
    }

    @Test
    void theLeaderIsAskedAlsoWhenItIsNotInTheList() {
        one.sendsTo("c3:1");
        try (OperatorClient client = open("c1:1", "c2:1")) {
            assertThat(client.apply(APPLY)).isEqualTo(Samples.started());
            assertThat(client.apply(APPLY)).isEqualTo(Samples.started());
        }
        assertThat(one.requests()).containsExactly(APPLY);
        assertThat(two.requests()).isEmpty();
        assertThat(three.requests()).containsExactly(APPLY, APPLY);
    }

    @Test
    void uploadsGoToTheLeaderWithTheSameRequestId() throws IOException, InterruptedException {
        one.sendsTo("c3:1");
        Path file = Files.write(directory.resolve("shop.tgz"), new byte[300_000]);
        ReleaseHeader release = ReleaseHeader.newBuilder().setRequestId("q1").build();
        NotesHeader notes = NotesHeader.newBuilder().setRequestId("q2").build();
        try (OperatorClient client = open("c1:1")) {
            assertThat(client.addRelease(release, file, bytes -> {})).isEqualTo(Samples.release());
        }
        try (OperatorClient client = open("c1:1")) {
            assertThat(client.importNotes(notes, List.of())).isEqualTo(Samples.notesImport());
        }
        assertThat(of(three, ReleaseHeader.class)).containsExactly(release);
        assertThat(of(three, NotesHeader.class)).containsExactly(notes);
    }

    @Test
    void coordinatorsThatPointAtEachOtherAreLeftInTheEnd() {
        one.sendsTo("c2:1");
        two.sendsTo("c1:1");
        try (OperatorClient client = open("c1:1", "c2:1", "c3:1")) {
            assertThat(client.apply(APPLY)).isEqualTo(Samples.started());
        }
        assertThat(one.requests().size() + two.requests().size()).isLessThanOrEqualTo(8);
    }

    @Test
    void whileThereIsNoLeaderTheCallWaitsForOne() {
        one.sendsTo("");
        two.sendsTo("");
        coordinators.pacer().onSleep(pauses -> {
            if (pauses == 3) {
                two.leads();
            }
        });
        try (OperatorClient client = open("c1:1", "c2:1")) {
            assertThat(client.apply(APPLY)).isEqualTo(Samples.started());
        }
    }

    @Test
    void withoutALeaderTheCallEndsInTime() {
        one.sendsTo("");
        try (OperatorClient client = open("c1:1")) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> client.apply(APPLY))
                    .satisfies(failure -> {
                        assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_COORDINATOR);
                        assertThat(failure.rotaCode()).isEqualTo("NOT_LEADER");
                        assertThat(failure.passing()).isTrue();
                    });
        }
        assertThat(coordinators.pacer().uptime()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aLeaderThatIsNotThereIsNotWaitedForTwice() {
        one.sendsTo("c9:1");
        two.leads();
        try (OperatorClient client = open("c1:1", "c2:1")) {
            assertThat(client.apply(APPLY)).isEqualTo(Samples.started());
        }
    }

    @Test
    void whatIsNoAddressIsNotFollowed() {
        one.sendsTo("somewhere");
        try (OperatorClient client = open("c1:1", "c2:1")) {
            assertThat(client.apply(APPLY)).isEqualTo(Samples.started());
        }
        assertThat(two.requests()).containsExactly(APPLY);
    }

    private static <M extends Message> Stream<M> of(FakeOperator operator, Class<M> type) {
        return operator.requests().stream().filter(type::isInstance).map(type::cast);
    }

    private OperatorClient open(String... addresses) {
        return coordinators.open(new Target(
                Arrays.stream(addresses).map(Address::parse).toList(), Path.of("id"), Duration.ofSeconds(30)));
    }
}
