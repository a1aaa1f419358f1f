package dev.rota.bench;

import dev.rota.coordinator.port.Journal;

/** Does nothing with what a journal has committed. */
final class Silent implements Journal.Listener {
    @Override
    public void leadership(boolean leads, long term) {}

    @Override
    public void committed(long index, byte[] entry) {}

    @Override
    public byte[] snapshot() {
        return new byte[0];
    }

    @Override
    public void restore(byte[] snapshot) {}

    @Override
    public void halted(Throwable cause) {}
}
