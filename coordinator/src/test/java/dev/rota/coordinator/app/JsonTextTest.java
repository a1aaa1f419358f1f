package dev.rota.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void documentsAreIndentedAndEscaped() {
        Map<String, Object> document = JsonText.object();
        document.put("text", "a \"b\" \\ \n\t\r\u0001 é \ud83d\ude00 \u2028");
        document.put("list", List.of(1, true, List.of(), Map.of()));

        assertThat(JsonText.of(document)).isEqualTo("""
                {
                  "text": "a \\"b\\" \\\\ \\n\\t\\r\\u0001 é \\ud83d\\ude00 \\u2028",
                  "list": [
                    1,
                    true,
                    [],
                    {}
                  ]
                }
                """);
    }
}
