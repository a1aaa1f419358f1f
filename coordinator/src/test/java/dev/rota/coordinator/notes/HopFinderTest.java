package dev.rota.coordinator.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.text.Document;
import dev.rota.coordinator.notes.text.DocumentReader;
import dev.rota.coordinator.notes.text.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class HopFinderTest {
    @Test
    void oneFilePerRelease() {
        assertThat(hops(
                        note("notes/2.1/upgrade.md", "# Upgrade to demo 2.1\n\nText.\n"),
                        note("notes/2.3/upgrade.md", "# Upgrade to demo 2.3\n")))
                .containsExactly("? -> 2.1 notes/2.1/upgrade.md:1-3", "2.1 -> 2.3 notes/2.3/upgrade.md:1-1");
    }

    @Test
    void theNameOfAFileSaysBothEnds() {
        assertThat(hops(note("from_17.09_to_17.11.md", "# Upgrade to demo 17.11\n")))
                .containsExactly("17.09 -> 17.11 from_17.09_to_17.11.md:1-2");
        assertThat(hops(note("3.6.0_3.7.0.md", "Text.\n"))).containsExactly("3.6.0 -> 3.7.0 3.6.0_3.7.0.md:1-2");
    }

    @Test
    void theTextWidensTheStart() {
        List<FoundHop> found = HopFinder.find(List.of(note(
                "from_17.03_to_17.06.md", "# To 17.06\n\nThis is for those upgrading from demo 17.03 or\n17.04.\n")));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).from().orElseThrow().contains(Version.parse("17.04")))
                .isTrue();
        assertThat(HopFinder.releases(found)).extracting(Version::text).containsExactly("17.03", "17.04", "17.06");
    }

    @Test
    void oneFileWithSections() {
        assertThat(
                        hops(
                                note(
                                        "CHANGES.md",
                                        "# Changes\n\n## 2.2 (2026-01-01)\n\nA\n\n## Version 2.1\n\nB\n\n## Upgrade from 1.9.x to 2.0.x\n\nC\n")))
                .containsExactly(
                        "1.9.x -> 2.0.x CHANGES.md:11-13", "2.0 -> 2.1 CHANGES.md:7-9", "2.1 -> 2.2 CHANGES.md:3-5");
    }

    @Test
    void oneTableForAll() {
        String table = """
                +-------+--------+
                | v2.2  | A      |
                +-------+--------+
                | v2.1  | B      |
                |       | more   |
                +-------+--------+
                """;
        assertThat(hops(note("notes.rst", table)))
                .containsExactly("? -> v2.1 notes.rst:4-5", "2.1 -> v2.2 notes.rst:2-2");
    }

    @Test
    void oneListForAll() {
        String list = """
                # Notes

                - [Upgrading from demo 2.1 to 2.2](2.2.md)
                - [Upgrading from demo ≥2.0.1 and ≤2.0.4 to 2.1](2.1.md)
                """;
        assertThat(hops(note("index.md", list)))
                .containsExactly("2.0.1 - 2.0.4 -> 2.1 index.md:4-4", "2.1 -> 2.2 index.md:3-3");
    }

    @Test
    void textWithoutReleasesHasNoHops() {
        assertThat(hops(note("procedure.md", "# How to upgrade\n\n## 1) Stop demo-2.0.x server\n")))
                .isEmpty();
    }

    private static Document note(String path, String text) {
        return DocumentReader.read(Source.of(path, text));
    }

    private static List<String> hops(Document... documents) {
        return HopFinder.find(List.of(documents)).stream()
                .map(h -> h.from().map(Object::toString).orElse("?") + " -> " + h.to() + " " + h.file() + ":"
                        + h.firstLine() + "-" + h.lastLine())
                .toList();
    }
}
