package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String ROLLOUT = """
            {"product": "sample", "from": "1.0", "to": "1.1", "mode": "MODE", "reason": {"code": "PROCEDURE_DEFAULT"},
             "state": "succeeded", "startedAt": "2026-01-01T00:00:00Z", "endedAt": "2026-01-01T00:00:12.500Z",
             "productMs": "900", "overheadMs": "80",
             "nodes": [
              {"node": "n1", "steps": [{"phase": "start", "tookMs": 700}, {"phase": "join", "tookMs": 200}]},
              {"node": "n2", "steps": [{"phase": "start", "tookMs": 100}, {"phase": "start", "attempt": 2, "tookMs": 600}]}]}
            """;

    @Test
    void gathersTheFigures() {
        Report report =
                Report.of(rollout("soft"), new LoadFigures(1000, 0, 0, 40), Map.of("xmpp", Map.of()), List.of());
        assertThat(report.figure("reason")).isEqualTo("PROCEDURE_DEFAULT");
        assertThat(report.figure("seconds")).isEqualTo(12.5);
        assertThat(report.figure("productMs")).isEqualTo(900L);
        assertThat(report.figure("overheadMs")).isEqualTo(80L);
        assertThat(report.figure("phases"))
                .isEqualTo(Map.of(
                        "start", Map.of("perNodeMs", List.of(700L, 700L)), "join", Map.of("perNodeMs", List.of(200L))));
        assertThat(report.figure("xmpp")).isEqualTo(Map.of());
        assertThat(report.wrong()).isEmpty();
    }

    @Test
    void aFailedRequestIsWrongWhenTheServiceOughtToStayUp() {
        LoadFigures load = new LoadFigures(1000, 3, 0, 4000);
        assertThat(Report.of(rollout("soft"), load, Map.of(), List.of()).wrong())
                .containsExactly("3 requests failed");
        Report fullStop = Report.of(rollout("full-stop"), load, Map.of(), List.of());
        assertThat(fullStop.wrong()).isEmpty();
        assertThat(fullStop.figure("downtimeMs")).isEqualTo(4000L);
    }

    @Test
    void aLostWriteIsAlwaysWrong() {
        assertThat(Report.of(rollout("full-stop"), new LoadFigures(9, 0, 1, 40), Map.of(), List.of())
                        .wrong())
                .containsExactly("1 accepted writes were lost");
    }

    @Test
    void aHeldRolloutTookUntilItWasHeld() {
        JsonObject rollout = rollout("soft");
        rollout.remove("endedAt");
        rollout.add("hold", Json.parse("{\"since\": \"2026-01-01T00:00:24Z\"}"));
        rollout.addProperty("state", "held");
        assertThat(Report.of(rollout, new LoadFigures(9, 0, 0, 40), Map.of(), List.of())
                        .summary())
                .first()
                .asString()
                .contains("held in 24.0 s");
    }

    private static JsonObject rollout(String mode) {
        return Json.parse(ROLLOUT.replace("MODE", mode));
    }
}
