package dev.rota.coordinator.security;

import java.util.regex.Pattern;

/** Names of nodes, operators, coordinators and clusters: they stand in certificates, paths and commands without quoting. */
public final class Names {
    /** The rule in words. */
    public static final String RULE = "1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit";

    static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final Pattern VALID = Pattern.compile(PATTERN);

    private Names() {}

    /** Whether the name keeps the rule. */
    public static boolean valid(String name) {
        return VALID.matcher(name).matches();
    }

    /**
     * Returns the name.
     *
     * @param what what it names, for the message
     * @throws IllegalArgumentException when it does not keep the rule
     */
    public static String require(String what, String name) {
        if (!valid(name)) {
            throw new IllegalArgumentException(what + " name '" + name + "' is not allowed: " + RULE);
        }
        return name;
    }
}
