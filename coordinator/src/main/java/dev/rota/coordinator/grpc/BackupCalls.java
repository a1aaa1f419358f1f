package dev.rota.coordinator.grpc;

import dev.rota.coordinator.domain.Inventory;
import dev.rota.coordinator.runtime.Coordinator;
import dev.rota.coordinator.runtime.Refusal;
import dev.rota.wire.agent.v1.Backup;
import dev.rota.wire.operator.v1.BackupList;
import dev.rota.wire.operator.v1.NodeBackup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/** Answers what was saved, as the agents say now. */
final class BackupCalls {
    private final Coordinator coordinator;

    BackupCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** Of a cluster, a node, or all. */
    CompletableFuture<BackupList> list(String subject) throws Refusal {
        Map<String, String> clusterOf = new LinkedHashMap<>();
        for (Inventory.Cluster c : coordinator.inventory().clusters()) {
            for (String node : c.nodeNames()) {
                if (subject.isEmpty() || subject.equals(c.name()) || subject.equals(node)) {
                    clusterOf.put(node, c.name());
                }
            }
        }
        if (clusterOf.isEmpty() && !subject.isEmpty()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "NO_NODE", "there is no cluster and no node '" + subject + "'");
        }
        List<String> nodes = List.copyOf(clusterOf.keySet());
        return coordinator.backupLists().ask(nodes).thenApply(lists -> view(clusterOf, lists));
    }

    private static BackupList view(
            Map<String, String> clusterOf, SortedMap<String, dev.rota.wire.agent.v1.BackupList> lists) {
        BackupList.Builder all = BackupList.newBuilder();
        List<String> problems = new ArrayList<>();
        clusterOf.forEach((node, cluster) -> {
            var list = lists.get(node);
            if (list == null) {
                problems.add("the agent of " + node + " does not say what it has saved");
            } else {
                list.getBackupsList().forEach(b -> all.addBackups(view(cluster, b)));
                list.getProblemsList().forEach(p -> problems.add(node + ": " + p));
            }
        });
        return all.addAllProblems(problems).build();
    }

    private static NodeBackup view(String cluster, Backup b) {
        return NodeBackup.newBuilder()
                .setCluster(cluster)
                .setNode(b.getNode())
                .setRollout(b.getRollout())
                .setHop(b.getHop())
                .setAt(b.getAt())
                .setVersion(b.getVersion())
                .setPath(b.getPath())
                .setSha256(b.getSha256())
                .setSizeBytes(b.getSizeBytes())
                .setFiles(b.getFiles())
                .setVerified(b.getVerified())
                .setProblem(b.getProblem())
                .build();
    }
}
