package dev.rota.coordinator.notes.language;

import java.util.List;

/** How notes of any product say what matters for an upgrade. Rules of language; nothing here knows a product or a file. */
final class GeneralPhrases {
    private static final String ROLLING = "rolling|soft|live|hot|online|gradual|staggered|seamless";
    private static final String UPGRADE = "upgrad*|updat*|restart*|migrat*|deploy*|rollout*";
    private static final String NODES =
            "node|nodes|server|servers|member|members|instance|instances|machine|machines|host|hosts|replicas";
    private static final String GROUP =
            "node|nodes|server|servers|cluster|clusters|members|instances|machines|hosts|replicas";
    private static final String ALL = "all|every|each|entire|whole|both|complete|full";
    private static final String STOP = "stop|stopped|stopping|shutdown|shutting|shut|halt|halted|halting|offline";
    private static final String OLD = "old|older|previous|earlier|prior|existing|new|newer|upgraded|updated|unupgraded";
    private static final String CAN =
            "support*|possible|work|works|available|recommended|allowed|permitted|feasible|safe|advised|applicable|guaranteed";

    private GeneralPhrases() {}

    static PhraseBook book() {
        PhraseBook book = new PhraseBook();
        forbids(book);
        demands(book);
        allows(book);
        database(book);
        nothing(book);
        other(book);
        return book;
    }

    private static void forbids(PhraseBook book) {
        book.add(
                "rolling-not-possible",
                Says.FORBIDS,
                List.of(
                        ROLLING + " " + UPGRADE + " ..5 not ..4 " + CAN,
                        ROLLING + " " + UPGRADE
                                + " ..4 impossible|unsupported|forbidden|prohibited|unsafe|excluded|unavailable",
                        ROLLING + " " + UPGRADE + " ..3 no longer ..1 " + CAN,
                        "zero downtime ..6 not ..3 " + CAN,
                        "zero downtime ..4 impossible|unsupported",
                        "not|never|nor ..5 " + ROLLING + " " + UPGRADE,
                        "not|never ..5 zero downtime " + UPGRADE,
                        "not ..5 high availability " + UPGRADE,
                        "not|never|impossible ..6 upgrad*|updat* ..6 node by node",
                        "not|never|impossible ..6 upgrad*|updat* ..8 one at a time",
                        "not|never|impossible ..6 upgrad*|updat* ..8 one by one",
                        "not|never ..3 be ..1 upgraded|updated ..4 without ..2 downtime|interruption|outage|stopping",
                        "not ..3 possible ..4 upgrad*|updat* ..6 without ..2 downtime|interruption|outage|stopping",
                        "no ..1 support ..2 " + ROLLING,
                        "no " + ROLLING + " " + UPGRADE,
                        "node by node ..2 upgrad*|updat*|restart* ..5 not",
                        "upgrad*|updat* ..2 running ..1 cluster|system|nodes ..3 not|impossible",
                        "upgrad*|updat* ..2 without ..2 downtime|interruption|outage ..3 not|impossible|unsupported",
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
                        "not|never ..3 run|coexist|operate|work ..8 alongside|side|parallel|simultaneously|concurrently ..10 "
                                + GROUP + "|version|versions|release|releases",
                        NODES + " ..3 not ..2 mixed|combined",
                        "not ..3 mixed ..6 " + GROUP,
                        NODES
                                + " ..2 of|with|on|running ..2 both|different|mixed|two ..2 version|versions|release|releases ..4 not",
                        OLD
                                + "|both|two ..1 version|versions|release|releases ..8 not ..3 coexist|mixed|cluster|together",
                        GROUP + " ..8 must|have|has|need|needs|should ..5 same ..1 version|release",
                        "same version|release ..4 on|across ..2 " + ALL + " ..2 " + GROUP
                                + " ..2 required|mandatory|necessary",
                        "no other ..4 " + NODES + " ..4 run|runs|running",
                        "no|other|other ..4 " + NODES + " can run ..4 cluster",
                        "incompatible ..10 " + GROUP,
                        "not ..2 compatible ..10 " + GROUP,
                        "not ..3 interoperable|interoperate ..8 " + GROUP,
                        OLD + " ..1 " + NODES
                                + " ..8 not|unable|fail|fails|refuse|refuses|crash|crashes ..4 join|communicate|talk|connect|read|understand|start|work|run|cluster|coexist|interoperate|handle|decode|process|see",
                        NODES + " ..2 of|with|on|running|from ..3 " + OLD
                                + "|different ..2 version|versions|release|releases ..8 not|unable|fail|fails ..4 join|communicate|talk|connect|read|understand|start|work|run|cluster|coexist|interoperate|handle|together",
                        "one node ..6 not be upgraded ..6 other nodes",
                        "breaks|break|breaking|broken ..4 backward|backwards compatibility ..6 " + GROUP,
                        "breaks|break ..4 compatibility ..4 between|with|of|among ..6 " + GROUP,
                        "not ..4 backward|backwards ..1 compatible ..6 " + GROUP));
        book.add(
                "disruptive",
                Says.FORBIDS,
                List.of("upgrad* is|are|will ..2 disruptive", "users ..3 locked out ..3 until|during ..4 upgrade"));
        book.add(
                "offline-only",
                Says.FORBIDS,
                List.of(
                        "must|has|have|needs|need|should|only ..5 upgraded|updated|performed|done|executed|applied|run|migrated offline",
                        "only ..4 while|when|with ..2 " + ALL + " ..2 " + GROUP + " ..3 stopped|down|offline"));
    }

    private static void demands(PhraseBook book) {
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
                        "cluster ..3 must|has|have|needs|need|should ..4 stopped|shut|down|offline|halted"));
        book.add(
                "full-restart",
                Says.DEMANDS_STOP,
                List.of(
                        "full|complete|whole|entire|total|simultaneous ..1 cluster|system|service|server ..1 restart|shutdown|stop|outage|downtime",
                        "full|complete|total|simultaneous ..1 restart|shutdown|stop|outage ..3 " + GROUP,
                        "restart|restarting|restarted|upgrade|upgraded|upgrading|update|updated ..3 " + ALL + " ..4 "
                                + GROUP + " ..4 at the same time",
                        "restart|restarting|restarted|upgrade|upgraded|upgrading|update|updated ..3 " + ALL + " ..4 "
                                + GROUP + " ..4 at once|simultaneously|together|concurrently",
                        ALL + " ..3 " + GROUP + " ..4 restarted|upgraded|updated ..3 at the same time",
                        ALL + " ..3 " + GROUP
                                + " ..4 restarted|upgraded|updated ..3 at once|simultaneously|together|concurrently",
                        "must|have|has|need|needs ..2 restart ..4 server|cluster|service ..2 for|to ..3 upgrade|upgrading",
                        NODES + " ..6 upgraded|updated|restarted ..1 all? at? once|simultaneously|together",
                        "restart|restarting|restarted ..2 whole|entire|complete ..1 cluster",
                        "restart ..1 of ..1 whole|entire|all|complete ..2 " + GROUP,
                        "complete|full|total stop|shutdown|outage|restart ..2 of ..3 service|system|" + GROUP,
                        "cluster wide restart|shutdown|downtime|outage",
                        "cold restart|upgrade ..3 required|necessary|needed"));
        book.add(
                "downtime",
                Says.DEMANDS_STOP,
                List.of(
                        "downtime|outage|interruption ..4 required|necessary|needed|unavoidable|inevitable|expected|mandatory",
                        "require|requires|required|need|needs|necessitates|involves|incurs|causes|cause ..4 downtime|outage",
                        "require|requires|required|need|needs|necessitates|involves ..3 service interruption|shutdown|stop",
                        "service interruption ..6 required|necessary|needed",
                        "can|could not be avoided ..3 downtime",
                        "schedule|plan ..3 downtime ..6 upgrade|upgrading",
                        "expect ..3 downtime|outage",
                        "will|must ..3 put|be|go|switched ..2 in|into|to maintenance mode",
                        "service|cluster ..2 will|must ..2 unavailable|down|offline|interrupted ..6 upgrade|upgrading|migration"));
    }

    private static void allows(PhraseBook book) {
        book.add(
                "rolling-possible",
                Says.ALLOWS,
                List.of(
                        ROLLING + "|zero|no ..1 upgrad*|updat*|restart* ..5 " + CAN + "|supports",
                        "support|supports|supported|allow|allows|perform|performing|possible|do|use|through|across|during ..5 "
                                + ROLLING + " upgrad*|updat*|restart*",
                        "upgrad*|updat*|restart* ..5 node by node",
                        "upgrad*|updat*|restart* ..8 one by one",
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

    private static void database(PhraseBook book) {
        String what = "table|tables|column|columns|index|indexes|indices|constraint|constraints|view|enum";
        book.add(
                "schema-change",
                Says.CHANGES_SCHEMA,
                List.of(
                        "schema ..2 change|changes|changed|update|updates|updated|migration|migrations|upgrade|modified|modification",
                        "change|changes|changed|update|updates|alter|migrate ..4 schema",
                        "new|added|adds|add|adding|creates|created|create|introduces|introduced|introducing ..6 "
                                + what,
                        "composite|unique|partial|primary ..2 index|indexes|key",
                        what + " ..5 added|dropped|removed|renamed|modified|created|altered|rebuilt|converted",
                        "dropped|drops|removes|renamed|renames|modified|modifies|altered|alters|denormaliz*|denormalis*|altering|extends ..5 "
                                + what,
                        "sql|database|schema|data migration|migrations",
                        "this|new|these|following|migration migration|migrations ..1 adds|add|creates|drops|updates|removes|extends|for|takes",
                        "migration|migrations ..8 take|takes|took|minutes|hours|rows|execution|times",
                        "caused by ..2 migration"));
        book.add(
                "table-lock",
                Says.LOCKS,
                List.of(
                        "lock|locks|locked|locking ..6 table|tables|reads|writes",
                        "table|tables ..6 lock|locks|locked",
                        "writes|reads ..5 limited|blocked|prevented",
                        "table|tables|database ..4 read only"));
        book.add(
                "long-migration",
                Says.TAKES_LONG,
                List.of(
                        "longer ..5 upgrade|upgrades|migration|startup|start",
                        "upgrade|migration|startup|process ..4 longer",
                        "runs|run|running ..2 migration ..4 timeouts|time"));
    }

    private static void nothing(PhraseBook book) {
        book.add(
                "no-change",
                Says.NO_CHANGE,
                List.of(
                        "no|not ..4 change|changes|action|actions|step|steps ..5 required|needed|necessary|sql|schema|schemas|configuration|database|data|code",
                        "no|not ..3 important|special|specific|particular|breaking|significant|mandatory ..2 upgrade|update|procedure|process|change|changes|steps|notes",
                        "not ..2 need ..3 do ..1 anything",
                        "no|without ..2 breaking changes",
                        "nothing ..3 do|change|changed|required|special"));
    }

    private static void other(PhraseBook book) {
        book.add(
                "stop-step",
                Says.STOPS,
                List.of(
                        "stop|shutdown ..5 server|service|services|seafile|seahub|ejabberd|mattermost|mongooseim|node|daemon|process|application|nginx",
                        "shut down ..5 server|service|services|seafile|seahub|ejabberd|mattermost|mongooseim|node|daemon|application"));
        book.add(
                "one-way",
                Says.ONE_WAY,
                List.of(
                        "not ..3 reverted|reversed|undone|downgraded|recovered|reversible|revertible",
                        "irreversible|unrecoverable",
                        "no ..2 rollback|downgrade ..4 possible|path|sql|supported",
                        "downgrad* ..4 not ..2 support*|possible",
                        "one way|irrevocable migration|conversion|change"));
        book.add(
                "stepping-stone",
                Says.STEPPING_STONE,
                List.of(
                        "upgrade|update|upgrading|go ..4 to ..3 first ..3 before|then",
                        "upgrade|update ..6 first ..6 before|then|and",
                        "first ..3 upgrade|update ..3 to",
                        "must|have|has|need|should|recommend ..4 intermediate ..4 upgrade|version|release|step",
                        "intermediate upgrade|version|release|step",
                        "upgrad* ..3 closest|latest ..6 first",
                        "step by step",
                        "latest ..1 point release"));
        book.add(
                "path-ban",
                Says.FORBIDS_PATH,
                List.of(
                        "not ..3 upgrade|update|upgraded|upgrading|migrate|jump|go directly",
                        "not ..3 directly ..2 upgrade|update|upgraded|upgrading",
                        "not ..2 skip ..4 version|versions|release|releases|major",
                        "upgrading|upgrade|update ..2 from ..8 to ..8 not ..2 supported|possible|allowed",
                        "directly ..8 not ..2 supported|possible|allowed",
                        "only upgrad*|updat* from ..10 supported|possible|allowed"));
        book.add(
                "minimum-version",
                Says.MINIMUM_VERSION,
                List.of(
                        "minimum ..5 version|requirement",
                        "require|requires|required|requiring|need|needs ..6 or|and newer|later|above|higher",
                        "at least ..3 version|erlang|otp|php|python|postgresql|mysql|java|go",
                        "or|and newer|later|above|higher ..3 required|needed|necessary|supported|mandatory",
                        "support ..1 for ..5 dropped|removed|ended|discontinued",
                        "version ..4 or|and newer|later|above|higher ..3 required|needed|necessary",
                        "drop|dropped|drops|removed|ended|end|stopped ..2 support|supporting ..2 for ..5",
                        "no longer ..1 supported|support|supports|compatible",
                        "not supported ..1 anymore"));
        book.add(
                "configuration",
                Says.CONFIGURATION,
                List.of(
                        "add|edit|change|update|remove|set|rename|replace|modify|adapt|check|review|adjust|move|delete|configure ..8 configuration|config|settings|setting|option|options|ini|toml|yml|yaml|conf|json",
                        "configuration|config|setting|settings|option|options ..6 removed|renamed|moved|deprecated|changed|replaced|required|must|needs|need|migrated",
                        "default|defaults ..6 changed|changes|now|set",
                        "must|need|have|has ..4 set|add|enable|disable|remove|rename|configure ..8 configuration|config|settings|setting|option|options|file|section|module|modules|`"));
        book.add(
                "proxy",
                Says.PROXY,
                List.of(
                        "nginx|apache|haproxy|caddy|proxy ..8 change|changed|changes|configuration|config|update|updated|edit|replace|remove|location|directive",
                        "change|update|edit|modify|remove|add ..6 nginx|apache|haproxy|caddy|proxy"));
        book.add(
                "dns",
                Says.DNS,
                List.of(
                        "dns|subdomain|subdomains|firewall|certificate|certificates ..6 add|added|must|required|need|needs|open|record|records|separate|change|changed",
                        "add|open|create|update ..6 dns|subdomain|subdomains|firewall|port|ports",
                        "port|ports ..5 open|opened|changed|accessible|reachable"));
    }
}
