package dev.rota.coordinator.plan;

import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Citation;
import dev.rota.coordinator.domain.Evidence;
import dev.rota.coordinator.domain.Release;
import dev.rota.coordinator.notes.Finding;
import dev.rota.coordinator.notes.NotesReading;
import dev.rota.coordinator.notes.NotesVerdict;
import dev.rota.coordinator.notes.sql.Database;
import dev.rota.coordinator.notes.sql.Schema;
import dev.rota.coordinator.notes.sql.SqlBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The notes of one hop, read for a plan.
 *
 * @param assumed what was taken as known about the cluster
 * @param missing releases on the way that no note is about, although the recipe asks for notes
 */
record ReadNotes(
        NotesVerdict verdict, List<Finding> findings, SortedMap<String, String> assumed, List<Version> missing) {

    /** Reads the notes of the catalogue; nothing is read for the way back. */
    static ReadNotes of(PlanInputs in, PlanRequest request, Hop hop, NotesAtHand notes) {
        SortedMap<String, String> assumed = new TreeMap<>(in.cluster().assume());
        assumed.putAll(request.assume());
        if (hop.to().compareTo(hop.from()) <= 0) {
            return new ReadNotes(
                    new NotesVerdict(NotesVerdict.Outcome.SILENT, List.of()), List.of(), assumed, List.of());
        }
        NotesReading reading = notes.read(hop, assumed);
        List<Version> missing = in.recipe().notes().required() ? missing(in, hop, notes) : List.of();
        return new ReadNotes(reading.verdict(), reading.findings(), assumed, missing);
    }

    /** An operator who added a release with --soft or --full-stop has said what its notes say. */
    private static List<Version> missing(PlanInputs in, Hop hop, NotesAtHand notes) {
        List<Version> way = new ArrayList<>(hop.skipped());
        way.add(hop.to());
        return way.stream()
                .filter(v -> !in.recipe().notes().none().contains(v))
                .filter(v -> in.release(v).flatMap(Release::soft).isEmpty())
                .filter(v -> !notes.about(v))
                .toList();
    }

    /** Whether statements are for the database the cluster is known to use; what is not known concerns it. */
    boolean concerns(SqlBlock sql) {
        String storage = assumed.getOrDefault("storage", "sql");
        String schema = assumed.getOrDefault("schema", "");
        if (sql.schema() != Schema.ANY
                && !schema.isEmpty()
                && !sql.schema().label().equals(schema)) {
            return false;
        }
        if (storage.equals("sql")) {
            return true;
        }
        Set<Database> named = Database.named(storage);
        return !named.isEmpty() && (sql.database() == Database.ANY || named.contains(sql.database()));
    }

    /** What the verdict rests on, if it rests on lines. */
    Optional<Citation> cited() {
        return verdict.evidence().map(ReadNotes::citation);
    }

    /** Whether they have a step that stops the server. */
    boolean stops() {
        return findings.stream().anyMatch(f -> f.kind() == Finding.Kind.STOP_STEP && !f.optional());
    }

    /** A ban under a condition that is known not to hold. */
    Optional<Finding> passedBan() {
        return verdict.reasons().stream()
                .filter(r -> !r.decided())
                .flatMap(r -> r.finding().stream())
                .filter(f -> f.kind() == Finding.Kind.CONDITIONAL_BAN)
                .findFirst();
    }

    /** The first words of why. */
    String sentence() {
        return verdict.reasons().isEmpty() ? "" : verdict.reasons().get(0).sentence();
    }

    /** For the plan, as many as a person reads. */
    List<Citation> citations() {
        return findings.stream()
                .map(ReadNotes::citation)
                .distinct()
                .limit(Evidence.MAX_FINDINGS)
                .toList();
    }

    static Citation citation(Finding f) {
        return new Citation(f.kind().label(), f.file(), f.firstLine(), f.lastLine(), f.quote());
    }
}
