package dev.rota.coordinator.grpc;

import dev.rota.contract.Version;
import dev.rota.coordinator.codec.Times;
import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.domain.Membership;
import dev.rota.coordinator.domain.NodeObservation;
import dev.rota.coordinator.domain.RecordedNode;
import dev.rota.coordinator.port.Clock;
import dev.rota.coordinator.rollout.ClusterFacts;
import dev.rota.coordinator.rollout.Deeds;
import dev.rota.coordinator.rollout.MixedVersions;
import dev.rota.coordinator.rollout.NodeState;
import dev.rota.coordinator.rollout.RolloutState;
import dev.rota.coordinator.rollout.Stall;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.LiveNode;
import dev.rota.wire.operator.v1.Cluster;
import dev.rota.wire.operator.v1.Explanation;
import dev.rota.wire.operator.v1.Node;
import dev.rota.wire.operator.v1.NodeList;
import dev.rota.wire.operator.v1.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Clusters and nodes as operators see them. */
final class StatusViews {
    private final Coordinator coordinator;
    private final String name;
    private final String version;
    private final CoordinatorViews coordinators;
    private final Clock clock;

    StatusViews(Coordinator coordinator, CoordinatorViews coordinators, Clock clock, String name, String version) {
        this.coordinator = coordinator;
        this.name = name;
        this.version = version;
        this.coordinators = coordinators;
        this.clock = clock;
    }

    /** {@code confirmed}: a majority has confirmed that nothing is missing. */
    Status status(boolean confirmed) {
        Status.Builder b = Status.newBuilder()
                .setCoordinator(name)
                .setVersion(version)
                .setLeader(coordinator.leader())
                .setLeaderName(coordinator.leaderName())
                .setTerm(coordinator.term())
                .setCommittedIndex(coordinator.committedIndex())
                .setMayBeOld(!confirmed);
        coordinator.inventory().clusters().forEach(c -> b.addClusters(cluster(c)));
        b.addAllCoordinators(coordinators.all());
        return b.build();
    }

    private Cluster cluster(Inventory.Cluster c) {
        List<LiveNode> live = c.nodeNames().stream().map(coordinator::node).toList();
        TreeSet<Version> versions = new TreeSet<>();
        live.forEach(n -> n.observation().flatMap(NodeObservation::version).ifPresent(versions::add));
        Cluster.Builder b = Cluster.newBuilder()
                .setName(c.name())
                .setRecipe(c.recipe())
                .setNodes(c.nodes().size())
                .setConnected((int) live.stream().filter(LiveNode::connected).count())
                .setServing(
                        (int) c.nodeNames().stream().filter(n -> serving(c, n)).count())
                .addAllVersions(versions.stream().map(Version::text).toList())
                .setLeftOver(facts().leftOver(c.name()).size())
                .setDrifting((int) c.nodeNames().stream()
                        .filter(n ->
                                recorded(n).filter(r -> !r.drift().isEmpty()).isPresent())
                        .count());
        coordinator
                .state()
                .active(c.name())
                .ifPresent(r -> b.setActiveRollout(r.id())
                        .setActiveRolloutState(r.status().label())
                        .setGoingBack(Deeds.sentence(r))
                        .addAllAlarms(alarms(r)));
        mixed(c, versions.size()).ifPresent(m -> {
            b.setMixedSince(Times.timestamp(m.since()))
                    .setMixedLimitMs((int) m.limit().toMillis());
            if (m.tooLong(clock.now())) {
                b.addAlarms(MixedVersions.CODE + ": " + m.sentence(clock.now()));
            }
        });
        return b.build();
    }

    /** A person may have put all on one version since. */
    private Optional<MixedVersions> mixed(Inventory.Cluster c, int versions) {
        boolean now = versions > 1 || coordinator.state().active(c.name()).isPresent();
        return MixedVersions.of(coordinator.state(), c.name()).filter(m -> now);
    }

    private List<String> alarms(RolloutState r) {
        Stream<String> stall = Stall.of(r, clock.now())
                .map(s -> Stall.CODE + ": " + s.subject() + " should have ended by " + s.since() + "; likely cause: "
                        + s.cause(r, n -> coordinator.node(n).connected()))
                .stream();
        return Stream.concat(stall, Oversights.alarms(r).stream()).toList();
    }

    NodeList nodes(List<Inventory.Cluster> clusters) {
        NodeList.Builder b = NodeList.newBuilder();
        clusters.forEach(c -> c.nodes().forEach(n -> b.addNodes(node(c, n))));
        return b.build();
    }

    private ClusterFacts facts() {
        return coordinator.state().clusterFacts();
    }

    private Optional<RecordedNode> recorded(String node) {
        return Optional.ofNullable(facts().recorded().get(node));
    }

    private Node node(Inventory.Cluster c, Inventory.Node n) {
        LiveNode live = coordinator.node(n.name());
        Node.Builder b = Node.newBuilder()
                .setCluster(c.name())
                .setName(n.name())
                .setZone(n.zone())
                .setConnected(live.connected())
                .setAgentVersion(live.agentVersion())
                .setServing(serving(c, n.name()));
        live.lastSeen().ifPresent(t -> b.setLastSeen(Times.timestamp(t)));
        live.observation()
                .ifPresent(o -> b.setMember(o.member())
                        .setVersion(o.version().map(Version::text).orElse(""))
                        .setArtifactSha256(o.artifactSha256())
                        .setUnhealthyReason(o.unhealthyReason())
                        .addAllMembers(o.members().orElse(List.of()))
                        .setDiskFreeBytes(o.diskFreeBytes())
                        .addAllProblems(o.problems()));
        if (live.connected()
                && !live.recipeDigest().equals(coordinator.recipe(c).digest())) {
            b.addProblems("its recipe " + live.recipe() + " differs from the coordinator's");
        }
        facts().leftOver(c.name()).stream()
                .filter(left -> left.node().equals(n.name()))
                .forEach(left -> b.addProblems(left.sentence() + ": rota doctor " + c.name()));
        recorded(n.name()).ifPresent(r -> {
            b.addAllDrift(r.drift());
            r.driftSince().ifPresent(t -> b.setDriftSince(Times.timestamp(t)));
        });
        if (coordinator.state().active(c.name()).isEmpty()) {
            alone(c, n.name()).ifPresent(b::addProblems);
        }
        coordinator.state().active(c.name()).ifPresent(r -> b.setPhase(phase(r, n.name())));
        return b.build();
    }

    /** While a rollout is under way nodes leave and join as it is meant; otherwise this is for a person to repair. */
    private Optional<String> alone(Inventory.Cluster c, String node) {
        return Membership.isAlone(c, node, seen(c))
                ? Optional.of(
                        "it is outside the cluster: it lists no other node, and none lists it; have the product join it again")
                : Optional.empty();
    }

    private SortedMap<String, NodeObservation> seen(Inventory.Cluster c) {
        SortedMap<String, NodeObservation> seen = new TreeMap<>();
        for (String n : c.nodeNames()) {
            LiveNode live = coordinator.node(n);
            live.observation().filter(o -> live.connected()).ifPresent(o -> seen.put(n, o));
        }
        return seen;
    }

    private boolean serving(Inventory.Cluster c, String node) {
        LiveNode live = coordinator.node(node);
        return live.connected()
                && live.observation().filter(NodeObservation::healthy).isPresent()
                && coordinator
                        .state()
                        .active(c.name())
                        .filter(r -> r.facts().outOfService().contains(node))
                        .isEmpty()
                && !Membership.isAlone(c, node, seen(c));
    }

    private static String phase(RolloutState r, String node) {
        return Optional.ofNullable(r.nodes().get(node))
                .map(s -> s.match(new NodeState.Cases<String>() {
                    @Override
                    public String waiting(NodeState.Waiting w) {
                        return RolloutViews.resting(r, node);
                    }

                    @Override
                    public String ready(NodeState.Ready x) {
                        return "waiting";
                    }

                    @Override
                    public String working(NodeState.Working w) {
                        return w.phase().label();
                    }

                    @Override
                    public String gating(NodeState.Gating g) {
                        return g.purpose().label() + " gate";
                    }

                    @Override
                    public String retrying(NodeState.Retrying x) {
                        return x.phase().label() + " again soon";
                    }

                    @Override
                    public String stuck(NodeState.Stuck st) {
                        return "held in " + st.phase().label();
                    }
                }))
                .orElse("");
    }

    /** Why a node is as it is, outside of what a rollout does with it. */
    Explanation explainNode(Inventory.Cluster c, String node, Instant now) {
        Optional<RolloutState> active = coordinator.state().active(c.name());
        if (active.isPresent()) {
            return RolloutViews.explanation(
                    node, active.get(), n -> coordinator.node(n).connected(), now);
        }
        LiveNode live = coordinator.node(node);
        Explanation.Builder b = Explanation.newBuilder().setSubject(node).setNode(node);
        live.lastSeen().ifPresent(t -> b.setSince(Times.timestamp(t)));
        if (!live.connected()) {
            return b.setState("disconnected")
                    .setCode("AGENT_SILENT")
                    .setWaitingFor(
                            "the agent of " + node + " to connect; rota-agent check on the node says what is wrong")
                    .build();
        }
        boolean serving = serving(c, node);
        live.observation().ifPresent(o -> {
            if (!o.unhealthyReason().isEmpty()) {
                b.addEvidence(o.unhealthyReason());
            }
            b.addAllEvidence(o.problems());
        });
        Optional<String> alone = alone(c, node);
        if (alone.isPresent()) {
            return b.setState("not serving")
                    .setCode("MEMBERS_DISAGREE")
                    .setWaitingFor(
                            "a person: " + node + " is outside the cluster; have the product join it again, by its own"
                                    + " commands, and put it back into the balancer")
                    .addEvidence(alone.get())
                    .build();
        }
        Optional<OpenEnds> open = OpenEnds.of(coordinator.state(), c.name(), node);
        if (serving && open.isPresent()) {
            return open.get().explain(b.setState("serving")).build();
        }
        open.ifPresent(o -> b.addAllEvidence(o.evidence()));
        return b.setState(serving ? "serving" : "not serving")
                .setCode(serving ? "" : "NODE_UNHEALTHY")
                .setWaitingFor(serving ? "nothing" : "the product on " + node + " to become healthy")
                .build();
    }
}
