package dev.rota.coordinator.notes.language;

import static dev.rota.coordinator.notes.language.Vocabulary.ALL;
import static dev.rota.coordinator.notes.language.Vocabulary.GROUP;
import static dev.rota.coordinator.notes.language.Vocabulary.NODES;
import static dev.rota.coordinator.notes.language.Vocabulary.OUTAGE;
import static dev.rota.coordinator.notes.language.Vocabulary.SERVICE;
import static dev.rota.coordinator.notes.language.Vocabulary.STOP;
import static dev.rota.coordinator.notes.language.Vocabulary.UPGRADE;

import java.util.List;

/** How notes say that the service has to stop; a "not" before it turns it into a permission. */
final class DemandPhrases {
    private static final String GONE =
            "unavailable|down|offline|inaccessible|unreachable|unusable|interrupted|stopped|halted";
    private static final String DURING = "upgrad*|updat*|migrat*|procedure|installation|maintenance";

    private DemandPhrases() {}

    static void addTo(PhraseBook book) {
        book.add(
                "stop-all",
                Says.DEMANDS_STOP,
                List.of(
                        STOP + " ..1 down? ..3 " + ALL + " ..5 " + GROUP,
                        STOP + " ..1 down? ..2 your|the? ..1 cluster|clusters",
                        "stop|stopping|shut|shutdown|shutting ..1 down? ..3 application|cluster servers|nodes",
                        "bring|bringing|take|taking ..1 down|offline ..3 " + ALL + " ..3 " + GROUP,
                        "take|taking|bring|bringing ..3 " + ALL + " ..3 " + GROUP + " ..1 down|offline",
                        ALL + " ..4 " + GROUP + " ..5 stopped|down|offline|halted|terminated",
                        ALL + " " + GROUP + " ..8 must|have|has|need|needs ..3 stopped|down|offline|halted",
                        "cluster ..3 must|has|have|needs|need|should ..4 stopped|shut|down|offline|halted",
                        "stop|shutdown everything",
                        "turn|turning|switch|switching|power|powering ..1 off|down ..3 " + ALL + " ..3 " + GROUP,
                        "power|powering down|off ..2 cluster",
                        ALL + " ..3 " + NODES + " ..4 switched|turned|powered off|down",
                        "kill|terminate ..3 " + ALL + " ..3 " + GROUP,
                        "kill|terminate|stop ..5 on ..1 " + ALL + " ..2 " + GROUP,
                        NODES + " ..2 all ..2 stopped|halted|shut|down",
                        NODES + " ..6 all|both of them ..4 stopped|halted|shut|down",
                        "bring|bringing|brought ..4 cluster ..2 halt",
                        "stop|shut|shutdown ..1 down? ..2 old|existing|previous ..1 instances|nodes|servers|members ..2 first|before",
                        UPGRADE + "|installation|procedure ..1 stops|halts|terminates ..1 " + ALL + " ..2 " + GROUP,
                        "whole|entire|complete ..1 " + SERVICE + " ..5 brought|taken|shut|stopped|halted|offline|down",
                        SERVICE + " ..1 must|has|have|needs|need ..3 offline|down"));
        book.add(
                "full-restart",
                Says.DEMANDS_STOP,
                List.of(
                        "upgrad*|updat* ..1 " + ALL + " ..2 " + NODES + " ..4 simultaneously|concurrently|together",
                        "upgrad*|updat* ..1 " + ALL + " ..2 " + NODES + " ..4 in one go",
                        "upgrad*|updat* ..1 " + ALL + " ..2 " + NODES + " ..4 at once",
                        "must|should|has|have|needs ..4 with ..3 " + NODES + " stopped|down|offline",
                        "full|complete|whole|entire|total|simultaneous ..1 cluster|system|service|server ..1 restart|shutdown|stop|outage|downtime",
                        "full|complete|total|simultaneous ..1 restart|shutdown|stop|outage ..3 " + GROUP,
                        "restart|restarting|restarted|upgrade|upgraded|upgrading|update|updated|rolled ..3 " + ALL
                                + " ..4 " + GROUP + " ..4 at the same time|moment|instant",
                        "restart|restarting|restarted|upgrade|upgraded|upgrading|update|updated ..3 " + ALL + " ..4 "
                                + GROUP + " ..4 at once|simultaneously|together|concurrently",
                        ALL + " ..3 " + GROUP + " ..4 restarted|upgraded|updated ..3 at the same time|moment|instant",
                        ALL + " ..3 " + GROUP
                                + " ..4 restarted|upgraded|updated ..3 at once|simultaneously|together|concurrently",
                        "must|have|has|need|needs ..2 restart ..4 server|cluster|service ..2 for|to ..3 upgrade|upgrading",
                        NODES + " ..6 upgraded|updated|restarted ..1 all? at? once|simultaneously|together",
                        "restart|restarting|restarted ..2 whole|entire|complete ..1 cluster",
                        "restart ..1 of ..1 whole|entire|all|complete ..2 " + GROUP,
                        "complete|full|total stop|shutdown|outage|restart ..2 of ..3 service|system|" + GROUP,
                        "cluster wide restart|shutdown|downtime|outage",
                        "cold restart|upgrade ..3 required|necessary|needed",
                        "cold " + UPGRADE,
                        "full stop upgrad*|updat*|procedure|required|needed|necessary",
                        "need|needs|require|requires|required|with|as ..3 full|complete stop",
                        "full|complete restart|shutdown ..2 required|needed|necessary",
                        "cluster ..1 needs|requires|need|require ..2 full|complete|coordinated restart|stop",
                        "coordinated|common|joint restart ..4 " + GROUP,
                        "simultaneous|concurrent ..1 " + UPGRADE + " ..4 " + GROUP));
        book.add(
                "downtime",
                Says.DEMANDS_STOP,
                List.of(
                        OUTAGE + " ..4 required|necessary|needed|unavoidable|inevitable|expected|mandatory",
                        OUTAGE + " ..5 unavoidable|inevitable",
                        "require|requires|required|need|needs|necessitates|involves|entails|entail|incurs|causes|cause|implies|means ..4 downtime|outage",
                        "require|requires|required|need|needs|necessitates|involves ..3 service interruption|shutdown|stop",
                        "service interruption ..6 required|necessary|needed",
                        "can|could not be avoided ..3 downtime",
                        "schedule|plan|planned|arrange ..3 downtime|outage",
                        "schedule|plan|arrange ..3 maintenance window",
                        "full|complete maintenance window",
                        "expect|anticipate ..4 " + OUTAGE,
                        "expect|anticipate ..6 down|unavailable|offline|unreachable",
                        "upgraded|updated|performed|done with downtime|outage|interruption",
                        SERVICE + " ..3 may|might|could be unavailable|down|offline|unreachable|unusable|interrupted",
                        SERVICE + " ..1 unusable",
                        "during|throughout ..3 " + DURING + " ..6 not ..1 available|reachable|accessible|usable",
                        "takes|take|brings|bring ..2 " + SERVICE + " ..1 down|offline",
                        "will|must ..3 put|be|go|switched ..2 in|into|to maintenance mode",
                        "put|switch|bring|place ..4 in|into|to maintenance mode",
                        SERVICE
                                + " ..2 will|must ..2 unavailable|down|offline|interrupted ..6 upgrade|upgrading|migration",
                        SERVICE + " ..3 " + GONE + " ..2 during|while|throughout|for|until ..4 " + DURING,
                        "during|throughout ..3 " + DURING + " ..6 " + GONE));
        book.add(
                "outage-unavoidable",
                Says.FORBIDS,
                List.of(
                        OUTAGE + " ..3 not ..2 avoided|prevented",
                        SERVICE
                                + " ..2 not ..1 available|accessible|reachable|usable|operational ..2 during|while|until ..4 "
                                + DURING,
                        "users ..8 not ..3 log|login|connect|work|use|access ..4 until|during|while ..4 " + UPGRADE,
                        "users ..8 not ..3 log|login|connect|work|use|access ..4 until ..4 " + GROUP + " ..4 "
                                + UPGRADE));
    }
}
