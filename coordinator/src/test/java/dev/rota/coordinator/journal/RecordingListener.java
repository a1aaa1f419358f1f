package dev.rota.coordinator.journal;

import dev.rota.coordinator.port.Journal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers what the journal tells, as text. */
class RecordingListener implements Journal.Listener {
    final List<String> entries = new CopyOnWriteArrayList<>();
    final List<Long> indices = new CopyOnWriteArrayList<>();
    final List<String> leaderships = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> halted = new AtomicReference<>();

    @Override
    public void committed(long index, byte[] entry) {
        indices.add(index);
        entries.add(new String(entry, StandardCharsets.UTF_8));
    }

    @Override
    public byte[] snapshot() {
        return String.join("\n", entries).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void restore(byte[] snapshot) {
        entries.clear();
        entries.addAll(new String(snapshot, StandardCharsets.UTF_8).lines().toList());
    }

    @Override
    public void leadership(boolean leader, long term) {
        leaderships.add(leader + " in term " + term + " after " + entries.size() + " entries");
    }

    @Override
    public void halted(Throwable cause) {
        halted.set(cause);
    }

    Optional<Throwable> halted() {
        return Optional.ofNullable(halted.get());
    }
}
