package dev.rota.coordinator.check;

import dev.rota.coordinator.port.Check;
import dev.rota.coordinator.port.CheckAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Connects to a port and hangs up. */
final class TcpCheck {
    private TcpCheck() {}

    static CheckAnswer ask(Check.Tcp check, Duration timeout) {
        InetSocketAddress address = new InetSocketAddress(check.host(), check.port());
        if (address.isUnresolved()) {
            return new CheckAnswer(false, "host '" + check.host() + "' is not known");
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) Math.max(1, timeout.toMillis()));
            return new CheckAnswer(true, "");
        } catch (SocketTimeoutException e) {
            return new CheckAnswer(false, "no connection within " + timeout.toMillis() + " ms");
        } catch (IOException e) {
            return new CheckAnswer(false, "no connection: " + e.getMessage());
        }
    }
}
