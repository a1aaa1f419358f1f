package dev.rota.coordinator.notes.language;

import static dev.rota.coordinator.notes.language.Vocabulary.CAN;
import static dev.rota.coordinator.notes.language.Vocabulary.NODES;
import static dev.rota.coordinator.notes.language.Vocabulary.OLD;
import static dev.rota.coordinator.notes.language.Vocabulary.ROLLING;

import java.util.List;

/** How notes say that nodes may be upgraded in turn, or that old ones can live with a change. */
final class PermissionPhrases {
    private PermissionPhrases() {}

    static void addTo(PhraseBook book) {
        book.add(
                "rolling-possible",
                Says.ALLOWS,
                List.of(
                        ROLLING + "|zero|no ..1 upgrad*|updat*|restart* ..5 " + CAN + "|supports",
                        "support|supports|supported|allow|allows|perform|performing|possible|do|use|through|across|during ..5 "
                                + ROLLING + " upgrad*|updat*|restart*",
                        "upgrad*|updat*|restart* ..5 node by node",
                        NODES + " ..4 upgrad*|updat*|restart* ..3 one by one",
                        "upgrad*|updat*|restart* ..4 " + NODES + " ..4 one by one",
                        "upgrad*|updat*|restart* ..8 one at a time",
                        "mixed ..2 version|versions|cluster|clusters ..6 " + CAN,
                        "with|by|as|via|using ..1 rolling upgrade|upgrades|update|updates",
                        NODES + " ..10 can|may ..3 work|run|coexist|operate ..2 together|side",
                        "safe ..2 run ..1 both|mixed|different ..1 versions|releases"));
        book.add(
                "no-downtime",
                Says.ALLOWS,
                List.of(
                        "zero downtime ..3 possible|expected|deployment|deployments|guaranteed|supported|achieved",
                        "no ..3 downtime|interruption|outage ..4 expected|required|needed|necessary|anticipated",
                        "no ..2 planned|expected? downtime",
                        "upgraded|updated|upgrade|applied ..4 without ..3 downtime|interruption|outage",
                        "safe for zero downtime",
                        "interruption|downtime|outage ..3 not ..2 required|needed|necessary|expected"));
        book.add(
                "old-nodes-live-on",
                Says.COMPATIBLE,
                List.of(
                        "previous|older|earlier|old|existing ..1 version|versions|release|releases|" + NODES
                                + " ..4 can|will|may|could|continue|continues|still ..4 run|work|operate|ignore|function|start|read|use",
                        OLD + " ..1 " + NODES + "|version|versions ..2 ignore|ignores|tolerate|tolerates",
                        "fully|completely|is|are|remain|remains|and backward|backwards|forward|forwards compatible",
                        "can|may ..3 applied ..3 any|older|previous ..2 version|versions|release|releases ..6 without ..2 issue|issues|problem|problems"));
        book.add(
                "non-locking",
                Says.NON_LOCKING,
                List.of(
                        "is|are|be|and non locking|blocking",
                        "does|do|will not ..3 lock|block ..4 table|tables|reads|writes",
                        "no|without ..2 table|database|exclusive locks|lock|locking",
                        "uses ..3 non blocking"));
        book.add(
                "step-while-running",
                Says.ALLOWS_STEP,
                List.of(
                        "while ..8 running",
                        "not affect ..3 older|old|previous|existing|running",
                        "safely ..3 done|applied|run|executed ..4 before|while|prior"));
    }
}
