package dev.rota.coordinator.grpc;

import dev.rota.coordinator.port.AgentEvents;
import dev.rota.wire.agent.v1.BackupList;
import dev.rota.wire.agent.v1.Hello;
import dev.rota.wire.agent.v1.Observation;
import dev.rota.wire.agent.v1.StepProgress;
import dev.rota.wire.agent.v1.StepResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers in words what the agents have told. */
final class RecordingEvents implements AgentEvents {
    final List<String> all = new CopyOnWriteArrayList<>();
    volatile Optional<String> refusal = Optional.empty();

    @Override
    public Optional<String> admit(String node, Hello hello) {
        return refusal;
    }

    @Override
    public void connected(String node, Hello hello) {
        all.add(node + " connected");
    }

    @Override
    public void disconnected(String node) {
        all.add(node + " disconnected");
    }

    @Override
    public void observation(String node, Observation observation) {
        all.add(node + " runs " + observation.getRunningVersion());
    }

    @Override
    public void progress(String node, StepProgress progress) {
        all.add(node + " is at " + progress.getAction());
    }

    @Override
    public void result(String node, StepResult result) {
        all.add(node + " answers " + result.getOutcome());
    }

    @Override
    public void backups(String node, BackupList list) {
        all.add(node + " has " + list.getBackupsCount() + " backups");
    }

    @Override
    public long term() {
        return 7;
    }
}
