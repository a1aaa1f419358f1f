package dev.rota.coordinator.app;

import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Mode;
import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.HopDecision;
import dev.rota.coordinator.notes.ParsedNotes;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.language.VersionRange;
import dev.rota.coordinator.notes.text.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Answers the rows of a table of hops; each file is read once. */
final class NotesEvaluation {
    private static final Set<String> MODULES = Set.of("app", "apps", "module", "modules", "plugin", "plugins");

    private final Path root;
    private final Recipes recipes;
    private final Map<String, ParsedNotes> notes = new TreeMap<>();

    NotesEvaluation(Path root, Recipes recipes) {
        this.recipes = recipes;
        this.root = root.toAbsolutePath().normalize();
    }

    /** The answer to one row. */
    record Answer(NotesRow row, Mode mode, String code, Optional<Finding> evidence) {
        /** The fields, separated by tabs. */
        String line() {
            String place = evidence.map(f -> f.file() + "\t" + f.firstLine() + "\t" + f.lastLine() + "\t" + f.quote())
                    .orElse(row.file() + "\t\t\t");
            return row.product() + "\t" + row.from() + "\t" + row.to() + "\t" + mode.label() + "\t" + code + "\t"
                    + place;
        }
    }

    Answer answer(NotesRow row) throws IOException {
        if (MODULES.contains(row.from()) && MODULES.contains(row.to())) {
            // A module is exchanged node by node, whatever the notes of the product say about upgrades.
            return new Answer(row, Mode.SOFT, "PROCEDURE_DEFAULT", Optional.empty());
        }
        Optional<Version> from = version(row.from());
        Optional<Version> to = version(row.to());
        if (from.isEmpty() || to.isEmpty()) {
            return new Answer(row, Mode.FULL_STOP, "NOTES_UNCLEAR", Optional.empty());
        }
        HopDecision decision = HopDecision.of(
                NotesProduct.of(row.product(), recipes),
                new Hop(from.get(), to.get()),
                parsed(row.file()),
                Assumptions.none());
        return new Answer(row, decision.mode(), decision.code(), decision.evidence());
    }

    /** The first word that is a release; 2.1.1x is the lowest of them. */
    private static Optional<Version> version(String text) {
        String word = text.strip().split(" ", 2)[0];
        return Version.tryParse(word).or(() -> VersionRange.of(word).map(VersionRange::low));
    }

    private ParsedNotes parsed(String file) throws IOException {
        if (!notes.containsKey(file)) {
            Path path = root.resolve(file).normalize();
            boolean inside = !file.isEmpty() && path.startsWith(root) && Files.isRegularFile(path);
            Note note = inside ? NotesFiles.read(path, file) : new Note.Unreadable(file, "is not there");
            notes.put(file, ParsedNotes.of(List.of(note)));
        }
        return notes.getOrDefault(file, new ParsedNotes(List.of(), List.of()));
    }
}
