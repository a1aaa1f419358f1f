package dev.rota.coordinator.notes.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The releases of the product that a sentence speaks of; versions of other software are left out. */
final class Mentions {
    private static final Set<String> OTHERS = Set.of(
            "postgresql",
            "postgres",
            "mysql",
            "mariadb",
            "sqlite",
            "mssql",
            "erlang",
            "otp",
            "php",
            "go",
            "golang",
            "python",
            "java",
            "nginx",
            "apache",
            "redis",
            "elasticsearch",
            "opensearch",
            "react",
            "nodejs",
            "docker",
            "ubuntu",
            "debian",
            "centos",
            "rhel",
            "fedora",
            "android",
            "ios",
            "macos",
            "windows",
            "app",
            "apps",
            "plugin",
            "plugins",
            "desktop",
            "mobile",
            "tls",
            "http",
            "ssl",
            "openssl",
            "xcode",
            "kubernetes",
            "helm",
            "calls",
            "playbooks",
            "boards",
            "rtcd",
            "focalboard",
            "api",
            "xmpp",
            "xep",
            "elixir",
            "rebar",
            "memcached",
            "jdk",
            "openjdk",
            "node.js",
            "chrome",
            "ldap",
            "seadoc",
            "onlyoffice",
            "runner",
            "cli",
            "sdk",
            "schema",
            "pillow",
            "django",
            "agents",
            "database",
            "instance");
    /** Other software that runs on several nodes of its own. */
    private static final Set<String> SERVERS = Set.of(
            "postgresql",
            "postgres",
            "mysql",
            "mariadb",
            "galera",
            "redis",
            "elasticsearch",
            "opensearch",
            "riak",
            "cassandra",
            "memcached");

    /** Behind these words stands what the nodes use. */
    private static final Set<String> USING = Set.of(
            "use", "uses", "used", "using", "with", "on", "via", "by", "for", "running", "run", "runs", "against", "if",
            "when");

    private static final Set<String> LEADS = Set.of(
            "version",
            "versions",
            "release",
            "releases",
            "from",
            "to",
            "than",
            "before",
            "after",
            "in",
            "since",
            "until",
            "and",
            "or",
            "with",
            "of",
            "server",
            "servers",
            "running",
            "on",
            "as",
            "through",
            "between",
            "for",
            "via",
            "by",
            "run",
            "mix",
            "mixing",
            "both",
            "alongside",
            "directly");
    private static final Set<String> FOLLOWERS =
            Set.of("node", "nodes", "server", "servers", "cluster", "member", "members", "instance", "instances");

    private static final Set<String> TOPICS = Set.of("in", "since", "starting", "beginning", "as", "with");
    private static final int TOPIC_REACH = 6;

    /** A range of releases at a token; {@code topic} when the sentence starts with it. */
    record Mention(int token, VersionRange range, boolean from, boolean to, boolean topic) {}

    private Mentions() {}

    static List<Mention> in(List<Token> tokens, Set<String> names) {
        List<Mention> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String word = tokens.get(i).word();
            boolean v = word.length() > 1 && word.charAt(0) == 'v' && Character.isDigit(word.charAt(1));
            if (!v && !Character.isDigit(word.charAt(0))) {
                continue;
            }
            Optional<VersionRange> range = VersionRange.of(word);
            if (range.isPresent() && named(tokens, i, word, v, names)) {
                found.add(mention(tokens, i, range.get()));
            }
        }
        return found;
    }

    /**
     * Whether a match speaks of the servers of other software: "all replicas of PostgreSQL". What the nodes use, or what stands on the other
     * side of a comma, makes them no servers of it.
     */
    static boolean ofOthers(List<Token> tokens, PhraseBook.Hit hit, Set<String> names) {
        int first = hit.from() == 0 || tokens.get(hit.from()).comma() ? hit.from() : hit.from() - 1;
        for (int i = first; i < Math.min(tokens.size(), hit.to() + 2); i++) {
            if (i >= hit.to() && (tokens.get(i).comma() || tokens.get(i).stop())) {
                return false;
            }
            String word = tokens.get(i).word();
            if (SERVERS.contains(word) && !names.contains(word) && !USING.contains(word(tokens, i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean named(List<Token> tokens, int i, String word, boolean v, Set<String> names) {
        String before = word(tokens, i - 1);
        String earlier = word(tokens, i - 2);
        boolean filler = before.equals("version")
                || before.equals("versions")
                || before.equals("server")
                || before.equals("release")
                || before.equals("series");
        if (OTHERS.contains(before) || (filler && OTHERS.contains(earlier) && !names.contains(before))) {
            return false;
        }
        if (v || names.contains(before) || filler || (filler && names.contains(earlier))) {
            return true;
        }
        return word.indexOf('.') > 0 && (LEADS.contains(before) || FOLLOWERS.contains(word(tokens, i + 1)) || i == 0);
    }

    private static Mention mention(List<Token> tokens, int i, VersionRange plain) {
        int lead = i - 1;
        while (lead >= Math.max(0, i - 4)
                && !Set.of("from", "to", "than", "before", "since").contains(word(tokens, lead))) {
            lead--;
        }
        String leading = lead >= Math.max(0, i - 4) ? word(tokens, lead) : "";
        VersionRange range = plain;
        String next = word(tokens, i + 1);
        String after = word(tokens, i + 2);
        if ((next.equals("or") || next.equals("and"))
                && Set.of("later", "newer", "above", "higher", "up").contains(after)) {
            range = plain.andLater();
        } else if ((next.equals("or") || next.equals("and"))
                && Set.of("earlier", "older", "below", "lower", "previous").contains(after)) {
            range = plain.andEarlier();
        } else if (leading.equals("before")
                || Set.of("earlier", "older", "lower").contains(word(tokens, lead - 1))) {
            range = plain.andEarlier();
        }
        boolean asOf = !tokens.get(0).is("as") || Set.of("of", "from").contains(word(tokens, 1));
        boolean topic = i < TOPIC_REACH
                && asOf
                && TOPICS.contains(tokens.get(0).word())
                && !range.text().endsWith("+");
        return new Mention(i, compared(range, tokens.get(i)), leading.equals("from"), leading.equals("to"), topic);
    }

    /** A sign of comparison before a number: {@code >=10.11.17}. */
    private static VersionRange compared(VersionRange range, Token token) {
        return switch (token.sign()) {
            case '>' -> range.andLater();
            case '<' -> range.andEarlier();
            default -> range;
        };
    }

    private static String word(List<Token> tokens, int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).word() : "";
    }
}
