package dev.rota.coordinator.app;

import java.util.ArrayList;
import java.util.List;

/** One hop of a table of hops. */
record NotesRow(String product, String from, String to, String file) {
    private static final List<String> COLUMNS = List.of("product", "from", "to", "file");

    /** Reads the four columns by their names in the first line; the others are not looked at. */
    static List<NotesRow> table(String text) {
        List<String> lines = text.lines().toList();
        List<String> names =
                lines.isEmpty() ? List.of() : List.of(lines.get(0).strip().split("\t", -1));
        List<Integer> places = COLUMNS.stream().map(names::indexOf).toList();
        if (places.contains(-1)) {
            throw new IllegalArgumentException(
                    "the first line of the table must name the columns " + COLUMNS + ", it has " + names);
        }
        List<NotesRow> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (!line.isBlank()) {
                List<String> fields =
                        places.stream().map(place -> field(line, place)).toList();
                rows.add(new NotesRow(fields.get(0), fields.get(1), fields.get(2), fields.get(3)));
            }
        }
        return rows;
    }

    /** A field without the ones around it; quotes around it are taken off. */
    private static String field(String line, int place) {
        int start = 0;
        for (int i = 0; i < place; i++) {
            int tab = line.indexOf('\t', start);
            if (tab < 0) {
                return "";
            }
            start = tab + 1;
        }
        int end = line.indexOf('\t', start);
        String field = (end < 0 ? line.substring(start) : line.substring(start, end)).strip();
        boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
        return quoted ? field.substring(1, field.length() - 1) : field;
    }
}
