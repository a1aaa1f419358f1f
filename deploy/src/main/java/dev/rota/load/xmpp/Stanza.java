package dev.rota.load.xmpp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One element of an XMPP stream, read to its end.
 *
 * @param name local name
 * @param namespace its namespace, empty if it has none
 * @param attributes attributes without a namespace
 * @param text its own text, without that of its children
 */
record Stanza(String name, String namespace, Map<String, String> attributes, String text, List<Stanza> children) {
    /** The attribute's value, empty if it is not there. */
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /** The first child of that name. */
    Optional<Stanza> child(String childName) {
        return children.stream().filter(c -> c.name().equals(childName)).findFirst();
    }

    /** Whether stream management counts it (XEP-0198 section 4: message, presence and iq). */
    boolean counts() {
        return switch (name) {
            case "message", "presence", "iq" -> true;
            default -> false;
        };
    }
}
