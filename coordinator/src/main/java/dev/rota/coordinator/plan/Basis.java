package dev.rota.coordinator.plan;

import dev.rota.contract.Digest;
import dev.rota.contract.Version;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.NoteRef;
import dev.rota.coordinator.domain.Release;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan rests on beside the nodes and the recipe, as digests by what it is called. When one of them is another by the time the
 * plan is applied, what was approved is not what would be decided now.
 */
public final class Basis {
    private Basis() {}

    /** The basis of a plan for this way. */
    public static SortedMap<String, String> of(
            Inventory.Cluster cluster, Collection<Release> releases, String notesDigest, Version from, Version to) {
        SortedMap<String, String> basis = new TreeMap<>();
        basis.put("the catalogue's releases from " + from + " to " + to, releases(releases, from, to));
        basis.put("the release notes of " + cluster.recipe(), notesDigest);
        basis.put("what the configuration says about cluster " + cluster.name(), assumptions(cluster));
        return basis;
    }

    /** That the products on these nodes do not run; one that does meanwhile is another plan. */
    public static SortedMap<String, String> stopped(Collection<String> nodes) {
        SortedMap<String, String> basis = new TreeMap<>();
        nodes.forEach(n -> basis.put(stopped(n), "stopped"));
        return basis;
    }

    /** Under which name a basis has it that the product on the node does not run. */
    public static String stopped(String node) {
        return "whether the product on " + node + " runs";
    }

    /** Names a set of notes by their paths and contents. */
    public static String notes(Collection<NoteRef> notes) {
        return digest(notes.stream()
                .sorted(Comparator.comparing(NoteRef::path))
                .flatMap(n -> Stream.of(n.path(), n.sha256())));
    }

    private static String releases(Collection<Release> all, Version from, Version to) {
        Version low = from.compareTo(to) < 0 ? from : to;
        Version high = from.compareTo(to) < 0 ? to : from;
        return digest(all.stream()
                .filter(r -> r.version().compareTo(low) >= 0 && r.version().compareTo(high) <= 0)
                .sorted(Comparator.comparing(Release::version))
                .flatMap(r -> Stream.of(
                        r.version().text(),
                        r.artifact().sha256(),
                        r.soft().map(Object::toString).orElse(""),
                        r.reason(),
                        r.follows().map(Version::text).orElse(""),
                        Boolean.toString(r.withdrawn().isPresent()))));
    }

    private static String assumptions(Inventory.Cluster cluster) {
        return digest(
                new TreeMap<>(cluster.assume()).entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())));
    }

    /** Of the digests of the parts, so that no part can be mistaken for two. */
    private static String digest(Stream<String> parts) {
        return Digest.sha256(parts.map(Digest::sha256).collect(Collectors.joining()));
    }
}
