package dev.rota.coordinator.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Version;
import dev.rota.coordinator.notes.NotesVerdict.Outcome;
import dev.rota.coordinator.notes.language.Assumptions;
import dev.rota.coordinator.notes.language.Hop;
import dev.rota.coordinator.notes.text.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ban stays one, or becomes a question, whatever stands around it: no context that says nothing about nodes makes it vanish. */
class BanContextTest {
    private static final Hop HOP = new Hop(Version.parse("2.0"), Version.parse("2.1"));
    private static final NotesReader READER = new NotesReader(Phrases.general("demo"));
    private static final Set<Outcome> CAREFUL = EnumSet.of(Outcome.FULL_STOP, Outcome.UNCLEAR);

    private static final List<String> BANS = List.of(
            "all nodes must be stopped before the upgrade",
            "stop every node of the cluster before you upgrade",
            "a rolling upgrade is not possible",
            "rolling upgrades are not supported for this release",
            "nodes of 2.0 and 2.1 must not run at the same time",
            "the whole cluster has to be shut down",
            "you cannot upgrade node by node",
            "clusters of mixed versions are not supported",
            "old nodes cannot talk to new ones",
            "a full restart of the cluster is required",
            "this upgrade needs downtime",
            "every server has to be taken offline at the same time",
            "the upgrade cannot be done without an outage",
            "a zero-downtime upgrade is not possible this time",
            "do not run different versions in one cluster",
            "nodes of 2.1 will not join a cluster of 2.0",
            "the cluster must be offline while it is upgraded",
            "upgrading the nodes one at a time will fail",
            "mixed clusters will corrupt data",
            "shut down all servers, upgrade them, and start them again",
            "it is necessary to take the whole service down");

    private static final List<String> BEFORE = List.of(
            "",
            "Note: ",
            "**Important**: ",
            "If you use MySQL, ",
            "If you use Redis for sessions, ",
            "If your clients use LDAP, ",
            "When plug-ins are installed, ",
            "With PostgreSQL, ",
            "On Kubernetes, ",
            "For clusters with more than two nodes, ",
            "In high availability mode, ",
            "Because the protocol between nodes changed, ",
            "Due to a fix in the clustering code, ",
            "As announced with 1.9, ",
            "After you have told your users, ",
            "Before you install the new clients, ",
            "Since the schema of the database changes, ",
            "Unlike in earlier releases, ",
            "Please be aware that ",
            "We are sorry, but ",
            "This time, ",
            "For this release ");

    private static final List<String> AFTER = List.of(
            "",
            ", because the schema of MySQL changes",
            ", since the format of messages changed",
            ", as clients of 1.9 are no longer supported",
            "; plug-ins are disabled meanwhile",
            " (see the documentation)",
            ", even if you use plug-ins",
            " and the clients reconnect by themselves",
            ", which takes about five minutes",
            " to avoid loss of data",
            ". Clients need no change");

    private static final List<String> LAYOUTS = List.of(
            "- %s",
            "* New look.\n* %s\n* New icons.",
            "1. Back up.\n2. %s\n3. Install.",
            "- Cluster\n  - %s",
            "- Cluster\n\n    - Details\n\n        - %s",
            "> %s",
            "> **Warning**\n>\n> %s",
            "> [!CAUTION]\n> %s",
            "!!! warning \"Clusters\"\n    %s",
            ":::danger\n%s\n:::",
            ":::caution Clusters\n\n%s\n\n:::",
            ".. warning:: %s",
            ".. warning::\n\n   %s",
            "**%s**",
            "*%s*",
            "__%s__",
            "### Clusters\n\n%s",
            "Clusters\n--------\n\n%s",
            "<p>%s</p>",
            "<div class=\"warning\">\n%s\n</div>",
            "<ul>\n<li>%s</li>\n</ul>",
            "Cluster\n: %s",
            "| Version | Note |\n|---|---|\n| 2.1 | %s |",
            "| Version | Note |\n|---|---|\n| 2.0 | Nothing. |\n| 2.1 | New look. %s New icons. |",
            """
            +---------+------------------------------+
            | Version | Note                         |
            +=========+==============================+
            | 2.1     | %s |
            +---------+------------------------------+
            """,
            "New look.\r\n\r\n%s\r\n",
            "New look. New icons. %s New fonts.");

    @Test
    void noLayoutMakesABanVanish() {
        List<String> lost = new ArrayList<>();
        for (String ban : BANS) {
            for (String layout : LAYOUTS) {
                String text = String.format(layout, sentence("", ban, ""));
                if (!CAREFUL.contains(read(text)) || !CAREFUL.contains(read(wrapped(text)))) {
                    lost.add(text);
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    /** Over lines as editors break them, where the layout is not made of lines. */
    private static String wrapped(String text) {
        return text.contains("|") || text.contains(">") || text.contains("    ") || text.contains("- ")
                ? text
                : text.replace(" the ", "\nthe ").replace(" not ", " not\n");
    }

    @Test
    void noContextMakesABanVanish() {
        List<String> lost = new ArrayList<>();
        for (String ban : BANS) {
            for (String before : BEFORE) {
                for (String after : AFTER) {
                    String sentence = sentence(before, ban, after);
                    if (!CAREFUL.contains(read(sentence))) {
                        lost.add(sentence);
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    private static final List<String> HARMLESS = List.of(
            "the list of nodes is sorted by name now",
            "no downtime is expected",
            "nodes of 2.0 and 2.1 can run side by side",
            "the search has a list of stop words",
            "plug-ins that are too old are disabled",
            "there is no need to stop the nodes",
            "the status page shows the uptime of every node",
            "users can delete all their messages at once",
            "the command `cluster stop` has a new option",
            "a new table for reactions keeps their order",
            "the log says which node was restarted last",
            "a rolling upgrade is possible as usual");

    @Test
    void noContextMakesABan() {
        List<String> stopped = new ArrayList<>();
        for (String harmless : HARMLESS) {
            for (String before : BEFORE) {
                for (String after : AFTER) {
                    String sentence = sentence(before, harmless, after);
                    if (read(sentence) == Outcome.FULL_STOP) {
                        stopped.add(sentence);
                    }
                }
            }
        }
        assertThat(stopped).isEmpty();
    }

    private static String sentence(String before, String ban, String after) {
        String text = before + ban + after + ".";
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Outcome read(String sentence) {
        return READER.read(
                        List.of(Source.of("notes.md", "# Upgrade to 2.1\n\n" + sentence + "\n")),
                        HOP,
                        Assumptions.none())
                .verdict()
                .outcome();
    }
}
