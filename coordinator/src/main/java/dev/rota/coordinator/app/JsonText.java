package dev.rota.coordinator.app;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers and truth values as indented JSON. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /** An object whose fields keep their order. */
    static Map<String, Object> object() {
        return new LinkedHashMap<>();
    }

    /** The document, ended by a line feed. */
    static String of(Object value) {
        JsonText json = new JsonText();
        json.write(value, 0);
        return json.out.append('\n').toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            map(map, depth);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void map(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> entry = i.next();
            line(depth + 1);
            string(entry.getKey().toString());
            out.append(": ");
            write(entry.getValue(), depth + 1);
            out.append(i.hasNext() ? "," : "");
        }
        line(depth);
        out.append('}');
    }

    private void list(List<?> list, int depth) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            line(depth + 1);
            write(list.get(i), depth + 1);
            out.append(i + 1 < list.size() ? "," : "");
        }
        line(depth);
        out.append(']');
    }

    private void line(int depth) {
        out.append('\n').append("  ".repeat(depth));
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
