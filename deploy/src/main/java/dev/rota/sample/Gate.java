package dev.rota.sample;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Lets clients' requests in while the node serves; closing it waits for those that are inside. */
final class Gate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private volatile boolean open;

    /** A request that runs while the gate is open. */
    interface Inside<T> {
        T run() throws IOException, InterruptedException, Refused;
    }

    <T> T pass(Inside<T> request) throws IOException, InterruptedException, Refused {
        lock.readLock().lock();
        try {
            if (!open) {
                throw new Refused(503, "this node does not serve now");
            }
            return request.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    void set(boolean nowOpen) {
        lock.writeLock().lock();
        try {
            open = nowOpen;
        } finally {
            lock.writeLock().unlock();
        }
    }

    boolean isOpen() {
        return open;
    }
}
