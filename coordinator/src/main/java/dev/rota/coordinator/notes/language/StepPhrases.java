package dev.rota.coordinator.notes.language;

import java.util.List;

/** How notes name steps, requirements and paths. */
final class StepPhrases {
    private StepPhrases() {}

    static void addTo(PhraseBook book) {
        book.add(
                "stop-step",
                Says.STOPS,
                List.of(
                        "stop|shutdown ..5 server|service|services|node|daemon|process|application|nginx",
                        "shut down ..5 server|service|services|node|daemon|application"));
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
