package dev.rota.coordinator.app;

import dev.rota.coordinator.config.CoordinatorConfig;
import dev.rota.coordinator.config.CoordinatorConfig.Listen;
import dev.rota.coordinator.config.CoordinatorConfig.Member;
import dev.rota.coordinator.journal.Peers;
import dev.rota.coordinator.security.Credentials;
import dev.rota.coordinator.security.Identity;
import dev.rota.coordinator.security.PeerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the configuration says about the other coordinators. */
final class PeerSettings {
    private PeerSettings() {}

    /**
     * The members of the journal; empty when this coordinator is alone.
     *
     * @throws IOException when the certificate's files cannot be used, or it is not this coordinator's
     */
    static Optional<Peers> peers(CoordinatorConfig config) throws IOException {
        if (config.coordinators().isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, InetSocketAddress> addresses = new TreeMap<>();
        config.coordinators().forEach(m -> addresses.put(m.name(), socket(m.peer())));
        CoordinatorConfig.Tls tls = config.tls();
        Optional<Identity> owner = Credentials.owner(tls.certificate());
        if (!owner.equals(Optional.of(new Identity.Coordinator(config.name())))) {
            throw new IOException(tls.certificate() + " is the certificate of "
                    + owner.map(Identity::toString).orElse("nobody Rota knows") + ", not of coordinator "
                    + config.name()
                    + "; the others know each other by it: correct 'name', or make one with rota-coordinator issue"
                    + " coordinator " + config.name());
        }
        return Optional.of(new Peers(
                addresses,
                PeerTls.context(tls.ca(), tls.certificate(), tls.key()),
                switch (config.failureDetection()) {
                    case NORMAL -> Peers.Detection.NORMAL;
                    case FAST -> Peers.Detection.FAST;
                }));
    }

    /** Where agents and operators reach each coordinator, by name; empty when this coordinator is alone. */
    static SortedMap<String, String> addresses(CoordinatorConfig config) {
        SortedMap<String, String> addresses = new TreeMap<>();
        config.coordinators().forEach(m -> addresses.put(m.name(), m.address().toString()));
        return addresses;
    }

    /** What {@code check} says about it when all is well. */
    static String summary(CoordinatorConfig config) {
        return config.coordinators().isEmpty()
                ? "coordinators: this one alone"
                : "coordinators: "
                        + config.coordinators().stream().map(Member::name).collect(Collectors.joining(", "));
    }

    /** What need not keep it from serving and is worth a look. */
    static List<String> warnings(CoordinatorConfig config) {
        List<String> warnings = new ArrayList<>();
        int count = config.coordinators().size();
        if (count > 0 && count % 2 == 0) {
            warnings.add("of " + count + " coordinators " + (count / 2 + 1) + " must be there, so only "
                    + (count - count / 2 - 1) + " may be lost, as with " + (count - 1)
                    + "; an even number is for the time in which one is added or replaced");
        }
        for (Member member : config.coordinators()) {
            for (Listen address : List.of(member.address(), member.peer())) {
                if (socket(address).isUnresolved()) {
                    warnings.add("the address " + address + " of coordinator " + member.name()
                            + " is not known to this host");
                }
            }
        }
        return warnings;
    }

    private static InetSocketAddress socket(Listen address) {
        return new InetSocketAddress(address.host(), address.port());
    }
}
