package dev.rota.wire;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of messages: of each its name, its bytes in hexadecimal and what they mean. */
final class WireExamples {
    private static final String HEAD = "== ";

    private WireExamples() {}

    /** A message's bytes in hexadecimal and its text. */
    record Example(String hex, String text) {
        Example(Message message) {
            this(
                    HexFormat.of().formatHex(message.toByteArray()),
                    TextFormat.printer().printToString(message));
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    static Map<String, Example> read(Path file) throws IOException {
        Map<String, Example> all = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return all;
        }
        @Nullable String name = null;
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(HEAD)) {
                put(all, name, lines);
                name = line.substring(HEAD.length());
                lines.clear();
            } else {
                lines.add(line);
            }
        }
        put(all, name, lines);
        return all;
    }

    private static void put(Map<String, Example> all, @Nullable String name, List<String> lines) {
        if (name != null) {
            StringBuilder text = new StringBuilder();
            lines.subList(1, lines.size()).forEach(l -> text.append(l).append('\n'));
            all.put(name, new Example(lines.get(0), text.toString()));
        }
    }

    static void write(Path file, Map<String, Example> all) throws IOException {
        StringBuilder text = new StringBuilder();
        all.forEach((name, example) -> text.append(HEAD)
                .append(name)
                .append('\n')
                .append(example.hex())
                .append('\n')
                .append(example.text()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
