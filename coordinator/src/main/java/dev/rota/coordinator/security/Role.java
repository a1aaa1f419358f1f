package dev.rota.coordinator.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operator may do; each role may do everything the one before may. */
public enum Role {
    /** Look at everything, change nothing. */
    VIEWER,
    /** Add, withdraw and remove releases, import notes, plan, apply, pause, resume, abort, retry. */
    OPERATOR,
    /** Override what needs an override. */
    ADMIN;

    /** The word in certificates and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what {@code required} may do. */
    public boolean includes(Role required) {
        return compareTo(required) >= 0;
    }

    /** The role with that label, if there is one. */
    public static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }
}
