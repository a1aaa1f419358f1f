package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.language.Heading;
import dev.rota.coordinator.notes.language.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The releases in the name of a file: {@code from_17.03_to_17.06.md}, {@code 3.6.0_3.7.0.md}, {@code 23.01/upgrade.md}. */
final class FileNames {
    private static final int MAX_LENGTH = 200;

    private FileNames() {}

    static Optional<Heading> read(String path) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        int dot = name.lastIndexOf('.');
        Optional<Heading> own = versions(dot > 0 ? name.substring(0, dot) : name);
        if (own.isPresent() || slash < 0) {
            return own;
        }
        int above = path.lastIndexOf('/', slash - 1);
        return versions(path.substring(above + 1, slash));
    }

    private static Optional<Heading> versions(String name) {
        List<VersionRange> found = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String text = name.length() > MAX_LENGTH ? "" : name + "_";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '.') {
                word.append(c);
                continue;
            }
            String w = word.toString();
            word.setLength(0);
            boolean version = !w.isEmpty()
                    && (Character.isDigit(w.charAt(0))
                            || (w.length() > 1 && w.charAt(0) == 'v' && Character.isDigit(w.charAt(1))));
            if (version && w.indexOf('.') > 0) {
                VersionRange.of(w).ifPresent(found::add);
            }
        }
        if (found.isEmpty() || found.size() > 2) {
            return Optional.empty();
        }
        return Optional.of(
                found.size() == 2
                        ? new Heading(Optional.of(found.get(0)), found.get(1))
                        : new Heading(Optional.empty(), found.get(0)));
    }
}
