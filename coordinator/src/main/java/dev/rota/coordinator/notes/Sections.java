package dev.rota.coordinator.notes;

import dev.rota.coordinator.notes.language.Heading;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.Block;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which parts of a note are about a hop: those under a heading that names it, and those under none that names a release. */
final class Sections {
    private final Hop hop;
    private final Map<String, Optional<Heading>> headings = new TreeMap<>();
    private final boolean whole;
    /** The name of the file names the hop. */
    private final boolean named;

    /** How a block relates to the hop. */
    enum Relation {
        /** It is about the hop. */
        HOP,
        /** It is about the release the hop stays in; sentences that name a release on the way count. */
        PARTLY,
        /** It is about all hops. */
        GENERAL,
        /** It is about other hops. */
        OTHER
    }

    /** Looks through the headings. A note with one release in its headings, and a wrong one, is about the hop all the same. */
    Sections(Document document, Hop hop) {
        this.hop = hop;
        int releases = 0;
        boolean matches = false;
        for (Block block : document.blocks()) {
            for (String heading : titles(block)) {
                if (!headings.containsKey(heading)) {
                    Optional<Heading> read = Heading.of(heading);
                    headings.put(heading, read);
                    releases += read.isPresent() ? 1 : 0;
                    matches |= read.map(h -> h.isFor(hop)).orElse(false);
                }
            }
        }
        this.whole = releases <= 1 && !matches;
        this.named = FileNames.read(document.source().path())
                .map(name -> name.isFor(hop))
                .orElse(false);
    }

    private static List<String> titles(Block block) {
        return block.kind() == Kind.HEADING
                ? List.of(dev.rota.coordinator.notes.text.Folding.fold(block.text()))
                : block.headings();
    }

    Relation of(Block block) {
        if (whole) {
            return named ? Relation.HOP : Relation.GENERAL;
        }
        Relation relation = Relation.GENERAL;
        for (String title : block.headings()) {
            if (isTheHop(title)) {
                return Relation.HOP;
            }
            relation = of(title, relation);
        }
        return block.kind() == Kind.HEADING ? of(titles(block).get(0), relation) : relation;
    }

    /** A heading with just the release the hop leads to: numbers in headings below it are of chapters, protocols, or where one comes from. */
    private boolean isTheHop(String title) {
        return headings.getOrDefault(title, Optional.empty())
                .filter(h -> h.to().single() && h.to().contains(hop.to()) && h.isFor(hop))
                .isPresent();
    }

    private Relation of(String title, Relation above) {
        Optional<Heading> heading = headings.getOrDefault(title, Optional.empty());
        if (heading.isEmpty()) {
            return above;
        }
        if (heading.get().isFor(hop)) {
            return Relation.HOP;
        }
        return heading.get().isPartlyFor(hop) ? Relation.PARTLY : Relation.OTHER;
    }
}
