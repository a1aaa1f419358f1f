package dev.rota.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Gives out loopback ports one after the other. They lie below the range the kernel takes for outgoing connections, so that a port
 * stays free while the process that listens on it is restarted.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private int next;

    /** Begins at a place that differs from run to run, so that runs side by side rarely meet. */
    public Ports() {
        this.next = FIRST + (int) (ProcessHandle.current().pid() * 97 % (LAST - FIRST));
    }

    /** The next free port. */
    public int next() {
        return block(1);
    }

    /**
     * The first of that many consecutive free ports.
     *
     * @throws IllegalStateException when there are none left
     */
    public synchronized int block(int count) {
        for (int tries = 0; tries < LAST - FIRST; tries++) {
            int first = next + count > LAST ? FIRST : next;
            next = first + count;
            if (allFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free loopback ports between " + FIRST + " and " + LAST);
    }

    private static boolean allFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
