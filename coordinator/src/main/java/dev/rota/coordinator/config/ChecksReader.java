package dev.rota.coordinator.config;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.ClusterChecks;
import dev.rota.coordinator.port.ClusterChecks.Blocker;
import dev.rota.coordinator.port.ClusterChecks.Probe;
import dev.rota.coordinator.security.Names;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads how a cluster is watched from outside: its keys {@code probe} and {@code blockers}. */
final class ChecksReader {
    private static final int MAX_BLOCKERS = 20;
    private static final int MAX_WORDS = 100;
    private static final int MAX_URL = 2000;
    private static final Duration MIN_EVERY = Duration.ofMillis(200);
    private static final Duration MAX_EVERY = Duration.ofMinutes(10);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(50);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern STATUS = Pattern.compile("(?<from>[1-5]\\d\\d)(?:\\.\\.(?<to>[1-5]\\d\\d))?");

    private ChecksReader() {}

    static ClusterChecks read(YamlMap cluster) {
        return new ClusterChecks(
                cluster.get("probe").map(ChecksReader::probe),
                cluster.get("blockers").map(ChecksReader::blockers).orElse(List.of()));
    }

    private static Probe probe(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("http", "tcp", "run", "expect", "reject", "status", "every", "timeout");
        List<String> kinds =
                List.of("http", "tcp", "run").stream().filter(map::has).toList();
        if (node.isMap() && kinds.size() != 1) {
            node.problem("a probe has exactly one of http, tcp, run");
        }
        if (!map.has("http")) {
            List.of("expect", "reject", "status").stream()
                    .filter(map::has)
                    .forEach(key -> map.problems().add(map.at(key), "'" + key + "' belongs to a probe with http"));
        }
        Check check = map.has("tcp")
                ? tcp(map.require("tcp"))
                : map.has("run") ? run(map.require("run")) : http(map.get("http"), map);
        return new Probe(
                check, time(map, "every", 1, MIN_EVERY, MAX_EVERY), time(map, "timeout", 2, MIN_TIMEOUT, MAX_TIMEOUT));
    }

    private static List<Blocker> blockers(YamlNode node) {
        List<Blocker> all = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (YamlNode each : node.list()) {
            YamlMap map = each.map();
            map.allowOnly("name", "http", "tcp", "run", "every", "timeout");
            YamlNode nameNode = map.require("name");
            String name = nameNode.word();
            if (!name.isEmpty() && !Names.valid(name)) {
                nameNode.problem("'" + name + "' is no name: " + Names.RULE);
            }
            if (!name.isEmpty() && !names.add(name)) {
                nameNode.problem("blocker '" + name + "' is there twice");
            }
            long kinds = List.of("http", "tcp", "run").stream().filter(map::has).count();
            if (each.isMap() && kinds != 1) {
                each.problem("a blocker has exactly one of http, tcp, run");
            }
            all.add(new Blocker(
                    name,
                    blocker(map),
                    time(map, "every", 5, MIN_EVERY, MAX_EVERY),
                    time(map, "timeout", 5, MIN_TIMEOUT, MAX_TIMEOUT)));
        }
        if (all.size() > MAX_BLOCKERS) {
            node.problem("a cluster has at most " + MAX_BLOCKERS + " blockers, here are " + all.size());
        }
        return all;
    }

    private static Check blocker(YamlMap map) {
        if (map.has("tcp")) {
            return tcp(map.require("tcp"));
        }
        if (map.has("run")) {
            return run(map.require("run"));
        }
        Optional<YamlMap> http = map.get("http").map(YamlNode::map);
        http.ifPresent(h -> h.allowOnly("get", "expect", "reject", "status"));
        return http.map(h -> http(Optional.of(h.require("get")), h)).orElseGet(ChecksReader::nothing);
    }

    private static Check http(Optional<YamlNode> address, YamlMap map) {
        Optional<URI> url = address.flatMap(ChecksReader::url);
        Optional<Pattern> expect = map.get("expect").flatMap(ChecksReader::pattern);
        Optional<Pattern> reject = map.get("reject").flatMap(ChecksReader::pattern);
        List<Check.Status> status = map.get("status").map(ChecksReader::status).orElse(Check.Status.SUCCESS);
        return url.<Check>map(u -> new Check.Http(u, expect, reject, status)).orElseGet(ChecksReader::nothing);
    }

    /** In the place of one that has a problem: the configuration is not used. */
    private static Check nothing() {
        return new Check.Tcp("", 0);
    }

    private static Optional<URI> url(YamlNode node) {
        String text = node.word();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getHost() == null || text.length() > MAX_URL) {
                node.problem(
                        "'" + text + "' is no web address: expected http://host/path or https://host/path, at most "
                                + MAX_URL + " characters");
            } else if (url.getUserInfo() != null) {
                node.problem("an address has no user and password: it is shown in plans and reports");
            } else {
                return Optional.of(url);
            }
        } catch (java.net.URISyntaxException e) {
            node.problem("'" + text + "' is no web address: " + e.getReason());
        }
        return Optional.empty();
    }

    private static Optional<Pattern> pattern(YamlNode node) {
        String text = node.word();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text, Pattern.MULTILINE));
        } catch (PatternSyntaxException e) {
            node.problem("'" + text + "' is no regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }

    private static List<Check.Status> status(YamlNode node) {
        List<Check.Status> all = new ArrayList<>();
        for (YamlNode each : node.list()) {
            String text = each.word();
            Matcher m = STATUS.matcher(text);
            if (m.matches()) {
                int from = Integer.parseInt(m.group("from"));
                int to = m.group("to") == null ? from : Integer.parseInt(m.group("to"));
                all.add(new Check.Status(from, to));
            }
            if (!text.isEmpty()
                    && (!m.matches()
                            || all.get(all.size() - 1).from()
                                    > all.get(all.size() - 1).to())) {
                each.problem("'" + text + "' is no status: expected one such as 200, or a range such as 200..299");
            }
        }
        if (node.isList() && all.isEmpty() && node.problems().isEmpty()) {
            node.problem("no status would be accepted");
        }
        return all.isEmpty() ? Check.Status.SUCCESS : all;
    }

    private static Check tcp(YamlNode node) {
        CoordinatorConfig.Listen address = ConfigReader.listen(node);
        if (address.port() == 0 && !address.host().isEmpty()) {
            node.problem("there is no port 0 to connect to");
        }
        return new Check.Tcp(address.host(), address.port());
    }

    private static Check run(YamlNode node) {
        List<String> words = node.list(YamlNode::string);
        if (node.isList() && (words.isEmpty() || words.get(0).isBlank() || words.size() > MAX_WORDS)) {
            node.problem("expected a program and its arguments, at most " + MAX_WORDS + " words");
        }
        return new Check.Run(words);
    }

    private static Duration time(YamlMap map, String key, long seconds, Duration min, Duration max) {
        return map.get(key).map(n -> n.duration(min, max)).orElse(Duration.ofSeconds(seconds));
    }
}
