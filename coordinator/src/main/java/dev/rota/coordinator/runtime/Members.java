package dev.rota.coordinator.runtime;

import dev.rota.coordinator.port.Journal;
import dev.rota.coordinator.port.Leadership;
import dev.rota.coordinator.port.NotLeaderException;
import dev.rota.coordinator.rollout.CoordinatorState;
import dev.rota.coordinator.rollout.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The coordinators, as this one sees them now. May be used by any thread. */
public final class Members implements Leadership {
    private final Journal journal;
    private final Supplier<CoordinatorState> state;
    private final Addresses addresses;
    private final Map<String, String> inventories = new ConcurrentHashMap<>();

    Members(Journal journal, Supplier<CoordinatorState> state, Addresses addresses) {
        this.journal = journal;
        this.state = state;
        this.addresses = addresses;
    }

    @Override
    public boolean leads() {
        return journal.leader();
    }

    @Override
    public String leaderName() {
        return journal.leaderName();
    }

    @Override
    public String leaderAddress() {
        String name = journal.leaderName();
        return name.isEmpty() ? "" : address(name);
    }

    /** This coordinator's name. */
    public String own() {
        return addresses.own();
    }

    /** Whether the configuration knows no other coordinator. */
    public boolean alone() {
        return addresses.configured().size() <= 1;
    }

    /** Where agents and operators reach a coordinator: as it has declared, else as this one's configuration says; empty when unknown. */
    public String address(String name) {
        String declared = state.get().coordinators().get(name);
        return declared == null ? addresses.configured().getOrDefault(name, "") : declared;
    }

    /** All of them, see {@link Journal#members()}. */
    public List<Journal.Member> all() {
        return journal.members();
    }

    /** Whether a coordinator's configuration has the clusters that are in force; empty when that is not known. */
    public Optional<Boolean> clustersAgree(String name) {
        return Optional.ofNullable(inventories.get(name))
                .map(digest -> digest.equals(InventoryDigest.of(state.get().inventory())));
    }

    /** A coordinator has said which clusters its configuration has. */
    public void inventory(String name, String digest) {
        inventories.put(name, digest);
    }

    Journal journal() {
        return journal;
    }

    /** What is to be committed so that all know this coordinator's address; empty when they do. */
    Optional<Entry> undeclared() {
        String own = addresses.own();
        return Optional.ofNullable(addresses.configured().get(own))
                .filter(address -> !address.equals(state.get().coordinators().get(own)))
                .map(address -> new Entry.CoordinatorDeclared("", own, address));
    }

    /** The refusal of what only the leader does; it says where the leader is. */
    public Refusal notLeader() {
        return notLeader(journal.leaderName());
    }

    Refusal notLeader(NotLeaderException e) {
        return notLeader(e.leader().isEmpty() ? journal.leaderName() : e.leader());
    }

    private Refusal notLeader(String leader) {
        // A leader that was only just deposed may still name itself; whoever asks must not be sent in a circle.
        if (leader.isEmpty() || leader.equals(addresses.own())) {
            return Refusal.notLeader("there is no leader at the moment; try again", "");
        }
        String address = address(leader);
        return Refusal.notLeader(leader + " leads; ask there" + (address.isEmpty() ? "" : ": " + address), address);
    }
}
