package dev.rota.coordinator.config;

import dev.rota.contract.yaml.YamlMap;
import dev.rota.contract.yaml.YamlNode;
import dev.rota.coordinator.config.CoordinatorConfig.Listen;
import dev.rota.coordinator.config.CoordinatorConfig.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the list of coordinators. A name and an address stand for one of them each. */
final class CoordinatorsReader {
    /** Of these, two are a reserve for replacing lost ones: every entry waits for a majority. */
    private static final int MAX_MEMBERS = 7;

    private final Map<String, String> placeOfName = new HashMap<>();
    private final Map<Listen, String> placeOfAddress = new HashMap<>();

    List<Member> read(YamlNode list, String own) {
        List<Member> members = list.list(this::member);
        if (list.isList() && members.size() > MAX_MEMBERS) {
            list.problem("there are " + members.size() + " coordinators; at most " + MAX_MEMBERS
                    + " are allowed, 3 or 5 are recommended");
        }
        if (list.isList() && !own.isEmpty() && members.stream().noneMatch(m -> own.equals(m.name()))) {
            list.problem("this coordinator, '" + own + "', is not among them; add it, or correct 'name'");
        }
        return members;
    }

    private Member member(YamlNode node) {
        YamlMap map = node.map();
        map.allowOnly("name", "address", "peer");
        YamlNode nameNode = map.require("name");
        String name = ConfigReader.name(nameNode);
        String earlier = name.isEmpty() ? null : placeOfName.putIfAbsent(name, nameNode.at());
        if (earlier != null) {
            nameNode.problem("coordinator '" + name + "' is there twice, first at " + earlier);
        }
        return new Member(name, address(map.require("address")), address(map.require("peer")));
    }

    private Listen address(YamlNode node) {
        Listen address = ConfigReader.listen(node);
        if (address.host().isEmpty()) {
            return address;
        }
        if (address.port() == 0) {
            node.problem("others connect to '" + address + "': give the port that is listened on, not 0");
            return address;
        }
        String earlier = placeOfAddress.putIfAbsent(address, node.at());
        if (earlier != null) {
            node.problem("'" + address + "' is there twice, first at " + earlier
                    + "; agents and operators, and the other coordinators, need a port each");
        }
        return address;
    }
}
