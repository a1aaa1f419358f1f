package dev.rota.coordinator.notes;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.language.Heading;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.language.VersionRange;
import dev.rota.coordinator.notes.text.Block;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.Folding;
import dev.rota.coordinator.notes.text.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the hops that the notes in a folder are about: from the names of the files, their headings, the labels of table rows, and
 * lists of links such as "Upgrading from 17.09 to 17.11". Where no note says which release a hop starts from, it is the one before.
 */
public final class HopFinder {
    private static final int MAX_LIST_ITEM = 300;

    private HopFinder() {}

    /** The hops, ordered by the release they lead to, then as the notes come. */
    public static List<FoundHop> find(List<Document> documents) {
        List<FoundHop> found = new ArrayList<>();
        for (Document document : documents) {
            found.addAll(of(document));
        }
        NavigableSet<Version> reached = new TreeSet<>();
        found.forEach(hop -> reached.add(hop.to().low()));
        List<FoundHop> filled = new ArrayList<>();
        for (FoundHop hop : found) {
            filled.add(
                    hop.from().isPresent()
                            ? hop
                            : new FoundHop(
                                    before(reached, hop.to()), hop.to(), hop.file(), hop.firstLine(), hop.lastLine()));
        }
        filled.sort(Comparator.comparing(h -> h.to().low()));
        return List.copyOf(filled);
    }

    /**
     * Whether a note of a collection is about a hop: a heading of it names the hop, or the name of its file does, or neither names any.
     * A note that was picked out for a hop is about it whatever its headings say.
     */
    public static boolean concerns(Document document, Hop hop) {
        Optional<Heading> name = FileNames.read(document.source().path());
        List<FoundHop> found = of(document);
        return name.map(n -> concerns(n, hop)).orElse(found.isEmpty())
                || found.stream().anyMatch(h -> concerns(new Heading(h.from(), h.to()), hop));
    }

    private static boolean concerns(Heading heading, Hop hop) {
        return heading.isFor(hop) || heading.isPartlyFor(hop);
    }

    /** The hops that notes tell of, without those that are only in a list of links. */
    public static List<FoundHop> told(List<Document> documents) {
        return find(
                documents.stream().filter(d -> !isList(listed(d), sections(d))).toList());
    }

    private static boolean isList(List<FoundHop> listed, List<FoundHop> sections) {
        return listed.size() > 1 && listed.size() > sections.size();
    }

    /** Every release the hops name. */
    public static SortedSet<Version> releases(List<FoundHop> hops) {
        SortedSet<Version> releases = new TreeSet<>();
        for (FoundHop hop : hops) {
            add(releases, hop.to());
            hop.from().ifPresent(from -> add(releases, from));
        }
        return releases;
    }

    private static void add(SortedSet<Version> releases, VersionRange range) {
        Version.tryParse(range.low().text()).ifPresent(releases::add);
        Version.tryParse(range.high().text()).ifPresent(releases::add);
    }

    private static Optional<VersionRange> before(NavigableSet<Version> reached, VersionRange to) {
        return Optional.ofNullable(reached.lower(to.low())).map(VersionRange::of);
    }

    private static List<FoundHop> of(Document document) {
        List<FoundHop> sections = sections(document);
        List<FoundHop> listed = listed(document);
        Optional<Heading> name = FileNames.read(document.source().path());
        if (isList(listed, sections)) {
            return listed;
        }
        if (sections.size() > 1) {
            return sections;
        }
        Optional<Heading> only = name.filter(n -> n.from().isPresent() || sections.isEmpty());
        if (only.isEmpty()) {
            return sections;
        }
        VersionRange from = only.get()
                .from()
                .map(f -> fromText(document, f))
                .orElse(only.get().to());
        return List.of(new FoundHop(
                only.get().from().map(f -> from),
                only.get().to(),
                document.source().path(),
                1,
                document.source().lines()));
    }

    /** A heading or row label that names a release opens a section, which ends where the next of its kind starts. */
    private static List<FoundHop> sections(Document document) {
        List<FoundHop> found = new ArrayList<>();
        Optional<Heading> open = Optional.empty();
        String title = "";
        int first = 0;
        int last = 0;
        for (Block block : document.blocks()) {
            String current = title(block);
            if (!current.isEmpty() && !current.equals(title)) {
                if (open.isPresent()) {
                    found.add(hop(document, open.get(), first, last));
                }
                title = current;
                open = Heading.of(current);
                first = block.firstLine();
                last = first;
            }
            last = Math.max(last, block.lastLine());
        }
        if (open.isPresent()) {
            found.add(hop(document, open.get(), first, last));
        }
        return found;
    }

    private static FoundHop hop(Document document, Heading heading, int first, int last) {
        return new FoundHop(heading.from(), heading.to(), document.source().path(), first, last);
    }

    /** The innermost heading over a block, itself included, that names a release. */
    private static String title(Block block) {
        if (block.kind() == Kind.HEADING) {
            String own = Folding.fold(block.text());
            if (Heading.of(own).isPresent()) {
                return own;
            }
        }
        for (int i = block.headings().size() - 1; i >= 0; i--) {
            if (Heading.of(block.headings().get(i)).isPresent()) {
                return block.headings().get(i);
            }
        }
        return "";
    }

    /** List items that name both ends of a hop. */
    private static List<FoundHop> listed(Document document) {
        List<FoundHop> found = new ArrayList<>();
        for (Block block : document.blocks()) {
            if (block.kind() == Kind.LIST_ITEM && block.text().length() <= MAX_LIST_ITEM) {
                Heading.of(block.text())
                        .filter(h -> h.from().isPresent())
                        .ifPresent(h -> found.add(hop(document, h, block.firstLine(), block.lastLine())));
            }
        }
        return found;
    }

    /** "If you are upgrading from 17.03 or 17.04" widens what the name of the file says. */
    private static VersionRange fromText(Document document, VersionRange from) {
        int seen = 0;
        for (Block block : document.blocks()) {
            if (block.kind() == Kind.PARAGRAPH && seen++ < 2) {
                Optional<VersionRange> range = FromText.read(block.text());
                if (range.isPresent() && range.get().contains(from.low())) {
                    return range.get();
                }
            }
        }
        return from;
    }
}
