package dev.rota.chaos;

import dev.rota.demo.Processes.Outcome;
import dev.rota.demo.ejabberd.Node;
import dev.rota.demo.ejabberd.Nodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What users own and must find again on every node: accounts nobody is logged in to, and the messages stored for them. */
final class Estate {
    /** A message of which there are as many in each store. */
    private static final int MESSAGES = 2;

    private static final int ACCOUNTS = 20;
    /** More of what is missing is no news. */
    private static final int LISTED = 6;

    private static final String PASSWORD = "secret";
    private static final Pattern SIZES = Pattern.compile(
            "^(passwd|roster|vcard|private_storage|offline_msg|muc_room)\\s*: with (\\d+)\\s+records",
            Pattern.MULTILINE);

    private final Nodes nodes;
    private int accounts;

    Estate(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Makes them on the first node. */
    void make() {
        Node first = nodes.all().get(0);
        register(first, ACCOUNTS);
        for (int i = 0; i < ACCOUNTS; i++) {
            for (int m = 0; m < MESSAGES; m++) {
                ask(
                        first,
                        "send_message",
                        "{\"type\":\"chat\",\"from\":\"u0@localhost\",\"to\":\"o%d@localhost\",\"subject\":\"\",\"body\":\"kept %d\"}"
                                .formatted(i, m));
            }
        }
    }

    /** Makes more accounts, without messages, through that node. */
    void register(Node node, int more) {
        for (int i = accounts; i < accounts + more; i++) {
            ask(
                    node,
                    "register",
                    "{\"user\":\"o%d\",\"host\":\"localhost\",\"password\":\"%s\"}".formatted(i, PASSWORD));
        }
        accounts += more;
    }

    private void ask(Node node, String command, String json) {
        if (nodes.ask(node, command, json).isEmpty()) {
            throw new IllegalStateException(command + " " + json + " was not accepted by " + node.name());
        }
    }

    /** What some node does not have. */
    List<String> missing() throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        Map<String, Map<String, String>> sizes = new TreeMap<>();
        for (Node node : nodes.all()) {
            for (int i = 0; i < accounts; i++) {
                String account = "\"user\":\"o" + i + "\",\"host\":\"localhost\"";
                String known = nodes.ask(node, "check_password", "{" + account + ",\"password\":\"" + PASSWORD + "\"}")
                        .orElse("no answer");
                if (!known.equals("0")) {
                    missing.add("account o" + i + " on " + node.name() + ": " + known);
                }
                if (i < ACCOUNTS) {
                    String stored = nodes.ask(node, "get_offline_count", "{" + account + "}")
                            .orElse("no answer");
                    if (!stored.matches("\\D*" + MESSAGES + "\\D*")) {
                        missing.add(
                                "messages of o" + i + " on " + node.name() + ": " + stored + " instead of " + MESSAGES);
                    }
                }
            }
            sizes.put(node.name(), sizes(node));
        }
        if (missing.size() > LISTED) {
            missing = new ArrayList<>(missing.subList(0, LISTED));
            missing.add("and more");
        }
        if (sizes.values().stream().distinct().count() > 1) {
            missing.add("the tables have not the same size everywhere: " + sizes);
        }
        return missing;
    }

    /** Whether all nodes count as many accounts. */
    boolean alike() throws IOException, InterruptedException {
        Set<String> counts = new TreeSet<>();
        for (Node node : nodes.all()) {
            counts.add(sizes(node).getOrDefault("passwd", "none"));
        }
        return counts.size() == 1;
    }

    private Map<String, String> sizes(Node node) throws IOException, InterruptedException {
        Outcome info = nodes.control(node, "mnesia", "info");
        Map<String, String> sizes = new TreeMap<>();
        Matcher matcher = SIZES.matcher(info.output());
        while (matcher.find()) {
            sizes.put(matcher.group(1), matcher.group(2));
        }
        return sizes;
    }
}
