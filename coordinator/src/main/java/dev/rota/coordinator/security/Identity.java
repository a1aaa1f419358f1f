package dev.rota.coordinator.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who the other end of a connection is, as its certificate says in one URI among its alternative names:
 * {@code rota://agent/NODE}, {@code rota://operator/NAME?role=ROLE} or {@code rota://coordinator/NAME}.
 */
public sealed interface Identity {
    /** The agent of one node; speaks for no other. */
    record Agent(String node) implements Identity {
        /** Checks the name. */
        public Agent {
            Names.require("node", node);
        }

        @Override
        public String uri() {
            return "rota://agent/" + node;
        }

        @Override
        public String toString() {
            return "agent " + node;
        }
    }

    /** A person or a script. */
    record Operator(String name, Role role) implements Identity {
        /** Checks the name. */
        public Operator {
            Names.require("operator", name);
        }

        @Override
        public String uri() {
            return "rota://operator/" + name + "?role=" + role.label();
        }

        @Override
        public String toString() {
            return "operator " + name + " (" + role.label() + ")";
        }
    }

    /** A coordinator. */
    record Coordinator(String name) implements Identity {
        /** Checks the name. */
        public Coordinator {
            Names.require("coordinator", name);
        }

        @Override
        public String uri() {
            return "rota://coordinator/" + name;
        }

        @Override
        public String toString() {
            return "coordinator " + name;
        }
    }

    /** The URI that stands for this identity in a certificate. */
    String uri();

    /** Reads the identity from a URI, if it is one of the three forms exactly. */
    static Optional<Identity> parse(String uri) {
        Matcher m = Uris.FORM.matcher(uri);
        if (!m.matches()) {
            return Optional.empty();
        }
        String kind = m.group("kind");
        String name = m.group("name");
        Optional<Role> role = Optional.ofNullable(m.group("role")).flatMap(Role::of);
        if (kind.equals("operator")) {
            return role.map(r -> new Operator(name, r));
        }
        if (m.group("role") != null) {
            return Optional.empty();
        }
        return Optional.of(kind.equals("agent") ? new Agent(name) : new Coordinator(name));
    }

    /** The identity in a certificate that was verified before; empty when it carries none or more than one. */
    static Optional<Identity> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> uris = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(Uris.URI_TYPE).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .filter(uri -> uri.startsWith("rota:"))
                            .toList();
            return uris.size() == 1 ? parse(uris.get(0)) : Optional.empty();
        } catch (CertificateParsingException unreadable) {
            return Optional.empty();
        }
    }

    /** How identities are written. */
    final class Uris {
        // GeneralName.uniformResourceIdentifier, RFC 5280 4.2.1.6
        private static final int URI_TYPE = 6;
        private static final Pattern FORM = Pattern.compile(
                "rota://(?<kind>agent|operator|coordinator)/(?<name>" + Names.PATTERN + ")(\\?role=(?<role>[a-z]+))?");

        private Uris() {}
    }
}
