package dev.rota.coordinator.notes.language;

import static dev.rota.coordinator.notes.language.Vocabulary.ALL;
import static dev.rota.coordinator.notes.language.Vocabulary.CAN;
import static dev.rota.coordinator.notes.language.Vocabulary.GROUP;
import static dev.rota.coordinator.notes.language.Vocabulary.NODES;
import static dev.rota.coordinator.notes.language.Vocabulary.OLD;
import static dev.rota.coordinator.notes.language.Vocabulary.OUTAGE;
import static dev.rota.coordinator.notes.language.Vocabulary.ROLLING;
import static dev.rota.coordinator.notes.language.Vocabulary.SERVICE;
import static dev.rota.coordinator.notes.language.Vocabulary.UPGRADE;
import static dev.rota.coordinator.notes.language.Vocabulary.VERSIONS;

import java.util.List;

/** How notes say that nodes of two releases must not run together. */
final class BanPhrases {
    private static final String HARM =
            "break|breaks|corrupt|corrupts|damage|damages|destroy|destroys|lead|leads|lose|loses|broken|crash|crashes|inconsistent|inconsistency|loss";

    private BanPhrases() {}

    static void addTo(PhraseBook book) {
        book.add(
                "rolling-not-possible",
                Says.FORBIDS,
                List.of(
                        ROLLING + " " + UPGRADE + " ..5 not ..4 " + CAN,
                        ROLLING + " " + UPGRADE + " ..9 not ..1 viable|feasible|possible|supported",
                        ROLLING + " " + UPGRADE
                                + " ..4 impossible|unsupported|forbidden|prohibited|unsafe|excluded|unavailable|discouraged|ruled",
                        ROLLING + " " + UPGRADE + " ..6 broken",
                        ROLLING + " " + UPGRADE + " ..3 out of ..1 question",
                        ROLLING + " " + UPGRADE + " ..3 no longer ..1 " + CAN,
                        "zero downtime ..6 not ..3 " + CAN,
                        "zero downtime ..4 impossible|unsupported|broken",
                        "against|avoid|avoiding|discourage|discourages|discouraged|refrain ..4 " + ROLLING + " "
                                + UPGRADE,
                        "discouraged|inadvisable|dangerous|unsafe|risky|avoid ..4 " + UPGRADE + " ..4 node by node",
                        UPGRADE
                                + " ..6 node by node ..3 discouraged|inadvisable|dangerous|unsafe|unsupported|impossible",
                        "not|never|nor ..5 " + ROLLING + " " + UPGRADE,
                        "not|never ..6 zero downtime",
                        "no zero downtime",
                        OLD + " " + NODES + " ..2 lose|crash|fail|break|hang ..6 new|newer|upgraded|updated " + NODES,
                        "not|never ..3 upgrad*|updat*|start|begin|proceed|install ..4 while|when ..2 any|some|another|other ..2 "
                                + NODES + " ..3 running|up|online|active",
                        "upgrad*|updat* ..3 fail|fails|break|breaks ..2 if|when|while ..2 any|some|one|another ..2 "
                                + NODES + " ..3 running|up|online|active",
                        "upgrad*|updat* without ..1 stopping ..6 destroy|destroys|corrupt|corrupts|lose|loses|loss|damage|damages|break|breaks|fail|fails",
                        "against ..2 running|mixing|having ..3 mixed|different|two ..2 " + VERSIONS,
                        "not|never ..3 " + UPGRADE + " ..2 without ..1 " + OUTAGE,
                        UPGRADE
                                + " ..2 not ..3 done|made|performed|completed|carried|run|happen ..2 without ..3 stopping|"
                                + OUTAGE,
                        "not ..5 high availability " + UPGRADE,
                        "not|never|impossible ..6 upgrad*|updat* ..6 node by node",
                        "not|never|impossible ..6 upgrad*|updat* ..8 one at a time",
                        "not|never|impossible ..6 upgrad*|updat* ..8 one by one",
                        "not|never ..3 be ..1 upgraded|updated ..4 without ..2 downtime|interruption|outage|stopping",
                        "not ..3 possible|able ..4 upgrad*|updat* ..6 without ..2 stopping|" + OUTAGE,
                        "not|impossible ..6 upgrad*|updat* ..4 without ..5 offline|down|stopped",
                        "no ..1 way ..6 without ..2 stopping|stop|" + OUTAGE,
                        "no ..1 way around ..3 stopping|stop|restart|restarting|shutdown|" + OUTAGE,
                        "not just swap|replace|exchange|upgrade ..5 in place",
                        "no ..1 support ..2 " + ROLLING,
                        "no " + ROLLING + " " + UPGRADE,
                        "node by node ..2 upgrad*|updat*|restart* ..5 not",
                        "upgrad*|updat* ..2 running ..1 cluster|system|nodes ..3 not|impossible",
                        "upgrad*|updat* ..2 without ..2 downtime|interruption|outage ..3 not|impossible|unsupported",
                        "not|never|nor ..6 " + UPGRADE + " ..4 individually|separately|sequentially|one after",
                        "individual|sequential " + UPGRADE + " ..5 not|unsupported|impossible",
                        "not ..6 installed|replaced|changed|exchanged ..3 node by node",
                        "not ..3 use|follow|used ..3 rolling|usual|standard|normal procedure",
                        ROLLING + " procedure ..4 not",
                        "downtime free " + UPGRADE + " ..4 not|impossible|unsupported",
                        "uninterrupted ..2 service|operation ..3 not",
                        "availability ..2 not ..1 maintained|kept|preserved|guaranteed",
                        "prevents|precludes|forbids|excludes|rules|breaks ..3 " + ROLLING + " " + UPGRADE,
                        ROLLING + "|standard|usual ..1 " + UPGRADE + " ..6 can|must|should|do|does|will not",
                        "impossible ..6 " + ROLLING + " " + UPGRADE,
                        "can not ..2 be? upgraded ..3 live|online|rolling"));
        book.add(
                "mixed-versions",
                Says.FORBIDS,
                List.of(
                        "mixed|different|two|multiple|heterogeneous ..3 version|versions|releases ..8 not ..3 " + CAN
                                + "|run|coexist|mixed",
                        "mixed version|versions ..3 cluster|clusters ..6 not",
                        "not|never ..3 run|mix|have|operate|keep ..5 mixed|different|two|multiple|mix|old|both ..3 version|versions|releases|"
                                + NODES,
                        "not|never ..2 mix|combine ..6 version|versions|" + NODES,
                        "avoid|avoiding ..2 running|mixing|having|operating|keeping ..4 mixed|different|two|multiple|both|old ..3 "
                                + VERSIONS + "|" + NODES,
                        "mixing ..4 " + VERSIONS + "|" + NODES
                                + " ..4 not|unsupported|discouraged|prohibited|forbidden|impossible",
                        VERSIONS + " ..3 not ..2 mixed|combined",
                        "mixed ..1 deployment|deployments|setup|setups|operation|mode|environment|environments ..4 not|unsupported|impossible|forbidden",
                        "inter|intra cluster|node ..6 not ..2 parsed|read|understood|decoded|handled",
                        "not ..2 coexist|mixed|combined ..3 with ..3 " + OLD,
                        "two|both|different ..1 " + VERSIONS
                                + " ..2 not ..2 share|use ..5 database|schema|storage|data|cluster",
                        "not|never ..3 run|coexist|operate|work ..8 alongside|side|parallel|simultaneously|concurrently ..10 "
                                + GROUP + "|version|versions|release|releases",
                        NODES + " ..3 not ..2 mixed|combined",
                        "not ..3 mixed ..6 " + GROUP,
                        NODES
                                + " ..2 of|with|on|running ..2 both|different|mixed|two ..2 version|versions|release|releases ..4 not",
                        OLD
                                + "|both|two ..1 version|versions|release|releases ..8 not ..3 coexist|mixed|cluster|together",
                        GROUP
                                + " ..8 must|have|has|need|needs|should ..5 same ..1 version|release|code|software|build|binaries",
                        "same version|release ..4 on|across ..2 " + ALL + " ..2 " + GROUP
                                + " ..2 required|mandatory|necessary",
                        "no other ..4 " + NODES + " ..4 run|runs|running",
                        "no|other|other ..4 " + NODES + " can run ..4 cluster",
                        "incompatible ..10 " + GROUP,
                        "not ..2 compatible ..10 " + GROUP,
                        "not ..3 interoperable|interoperate ..8 " + GROUP,
                        OLD + " ..1 " + NODES
                                + " ..8 not|unable|fail|fails|refuse|refuses|crash|crashes ..4 join|communicate|talk|connect|read|understand|start|work|run|cluster|coexist|interoperate|handle|decode|process|see|speak|recognize|recognise|parse|accept",
                        "previous|older|old|earlier version|versions|release|releases ..2 not ..3 work|run|read|use|handle|understand|function|start|cope ..4 schema|database|tables|data|migrated",
                        "not|impossible|never ..6 between|among ..2 old|older|new|newer and|or old|older|new|newer ..1 "
                                + NODES,
                        "not ..3 start|form|work|operate|function|serve|usable|come ..3 until ..2 " + ALL + " ..2 "
                                + NODES + " ..4 upgraded|updated",
                        NODES + " ..2 of|with|on|running|from ..3 " + OLD
                                + "|different ..2 version|versions|release|releases ..8 not|unable|fail|fails ..4 join|communicate|talk|connect|read|understand|start|work|run|cluster|coexist|interoperate|handle|together",
                        "one node ..6 not be upgraded ..6 other nodes",
                        "breaks|break|breaking|broken ..4 backward|backwards compatibility ..6 " + GROUP,
                        "breaks|break ..4 compatibility ..4 between|with|of|among ..6 " + GROUP,
                        "not ..4 backward|backwards ..1 compatible ..6 " + GROUP));
        book.add(
                "changed-protocol",
                Says.FORBIDS,
                List.of(
                        "non|not backward|backwards ..1 compatible ..3 protocol|schema|migration|migrations",
                        "migration|migrations|schema|protocol ..4 not ..2 backward|backwards ..1 compatible",
                        "breaking|incompatible|incompatibly ..6 inter|intra|internode|intercluster|intracluster",
                        "inter|intra node|cluster|server|broker ..3 not|incompatible|incompatibly|breaking",
                        "internode|intercluster|intracluster ..3 not|incompatible|incompatibly|breaking"));
        book.add(
                "harm",
                Says.FORBIDS,
                List.of(
                        ROLLING + " " + UPGRADE + " ..3 " + HARM,
                        "node by node " + UPGRADE + " ..3 " + HARM,
                        UPGRADE + " ..6 node by node ..4 " + HARM,
                        "mixed ..2 version|versions|cluster|clusters|nodes ..3 " + HARM,
                        OLD + " ..1 " + NODES + " ..3 crash|crashes|fail|fails|hang|hangs|expelled|rejected|kicked",
                        OLD + " ..1 " + NODES + " ..2 drop|drops|fall|falls out",
                        OLD + " ..1 " + NODES + " ..3 malfunction|malfunctions|misbehave|misbehaves",
                        OLD + " ..1 " + NODES + " ..3 return|returns|throw|throws|report|reports errors",
                        OLD + " ..1 " + NODES + " ..2 stop|stops working|functioning|serving",
                        NODES + " ..2 of|with|on|running ..2 " + OLD + " " + VERSIONS
                                + " ..2 stop|stops working|functioning|serving"));
        book.add(
                "disruptive",
                Says.FORBIDS,
                List.of("upgrad* is|are|will ..2 disruptive", "users ..3 locked out ..3 until|during ..4 upgrade"));
        book.add(
                "offline-only",
                Says.FORBIDS,
                List.of(
                        "offline upgrad*|updat*|migration|migrations",
                        "upgrad*|updat* ..3 offline only",
                        ALL + " ..2 " + NODES + " ..4 upgrad*|updat* ..1 before ..1 any",
                        NODES + " ..2 not ..2 running|run|active|up ..2 while|during|when|before|until",
                        "no ..2 " + NODES + " ..3 running|run|runs|active|up ..2 while|during|when|before|until",
                        "no ..2 running|active " + NODES + " ..2 while|during|when|before|until",
                        "only ..1 one|single " + NODES + " ..3 running|active|up ..2 while|during|when|until",
                        "scale|scaled|scaling|shrink|reduce ..4 to ..2 zero|one|single|0|1 ..1 " + NODES,
                        "upgrad*|updat* ..3 atomic|atomically ..4 " + NODES,
                        "upgrad*|updat* ..3 all or nothing",
                        NODES + " ..4 upgrad*|updat* ..2 in one step|go",
                        "must|has|have|needs|need|should|only ..5 upgraded|updated|performed|done|executed|applied|run|migrated offline",
                        "only ..4 while|when|with ..2 " + ALL + " ..2 " + GROUP + " ..3 stopped|down|offline",
                        "only ..6 while|when|with ..1 " + SERVICE + " ..2 stopped|down|offline"));
    }
}
