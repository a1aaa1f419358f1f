package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.language.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Upgrading from demo 1.3 or 1.4": the releases after the word "from". */
final class FromText {
    private static final int REACH = 80;

    private FromText() {}

    static Optional<VersionRange> read(String text) {
        int from = text.toLowerCase(Locale.ROOT).indexOf("from ");
        if (from < 0) {
            return Optional.empty();
        }
        List<VersionRange> found = new ArrayList<>();
        for (String word :
                text.substring(from, Math.min(text.length(), from + REACH)).split("[ ,;()]+", -1)) {
            if (word.equals("to") || (found.size() > 1 && word.endsWith(":"))) {
                break;
            }
            String bare = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
            if (!bare.isEmpty() && Character.isDigit(bare.charAt(0)) && bare.indexOf('.') > 0) {
                VersionRange.of(bare).ifPresent(found::add);
            }
        }
        return found.size() < 2 ? Optional.empty() : Optional.of(found.get(0).to(found.get(found.size() - 1)));
    }
}
