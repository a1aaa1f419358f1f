package dev.rota.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.cli.command.Harness.Result;
import dev.rota.wire.operator.v1.DiagnoseRequest;
import dev.rota.wire.operator.v1.RepairRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private final Harness rota = new Harness();

    @AfterEach
    void close() {
        rota.close();
    }

    @Test
    void whatAPersonShouldLookAtEndsWith7() {
        Result result = rota.line("doctor chat");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.out()).contains("chat-7/n2/drain").contains("rota doctor chat --fix");
        assertThat(rota.operator.request(DiagnoseRequest.class))
                .isEqualTo(DiagnoseRequest.newBuilder().setCluster("chat").build());
    }

    @Test
    void aRepairAsksForWhatIsNamedAndEndsWith7WhenSomethingIsLeft() {
        Result result = rota.line("doctor chat --fix chat-7/n2/drain");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.out()).contains("Left as it is:").contains("rule 4");
        assertThat(rota.operator.request(RepairRequest.class))
                .isEqualTo(RepairRequest.newBuilder()
                        .setRequestId("request-1")
                        .setCluster("chat")
                        .addIds("chat-7/n2/drain")
                        .build());
    }

    @Test
    void whatWasUndoneByHandIsNamed() {
        rota.line("doctor chat chat-7/n4/stop --by-hand scrapped");

        assertThat(rota.operator.request(RepairRequest.class))
                .isEqualTo(RepairRequest.newBuilder()
                        .setRequestId("request-1")
                        .setCluster("chat")
                        .addIds("chat-7/n4/stop")
                        .setByHand("scrapped")
                        .build());
        assertThat(rota.line("doctor chat --by-hand scrapped").exitCode()).isEqualTo(2);
        assertThat(rota.line("doctor chat chat-7/n4/stop --fix --by-hand scrapped")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aRepairNeedsAClusterAndIdsNeedARepair() {
        assertThat(rota.line("doctor --fix").exitCode()).isEqualTo(2);
        assertThat(rota.line("doctor chat chat-7/n2/drain").exitCode()).isEqualTo(2);
        assertThat(rota.line("doctor chat --wait").exitCode()).isEqualTo(2);
    }
}
