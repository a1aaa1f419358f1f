package dev.rota.load.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Just enough of an XMPP server with stream management to lose connections and, with them, what was on its way. */
final class ChatServer implements AutoCloseable {
    private static final Pattern ELEMENT = Pattern.compile(
            "<stream:stream [^>]*>|<auth [^>]*>([^<]*)</auth>|<iq .*?</iq>|<enable [^>]*/>|<resume [^>]*h='(\\d+)'/>"
                    + "|<message to='(\\w+)@.*?</message>|<presence/>|<r [^>]*/>|<a [^>]*h='(\\d+)'/>",
            Pattern.DOTALL);

    private final ServerSocket listener;
    private final Map<String, Account> accounts = new TreeMap<>();
    private boolean deaf;

    /** What the server keeps of a user between connections. */
    private static final class Account {
        private @Nullable Socket socket;
        private final Deque<String> undelivered = new ArrayDeque<>();
        private long delivered;
        private long handled;
    }

    ChatServer() throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "chat-server");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    /** From now on everything that arrives is lost, as in a network that breaks. */
    synchronized void turnDeaf() {
        deaf = true;
    }

    /** Cuts all connections; the sessions can be resumed. */
    synchronized void cutAll() throws IOException {
        deaf = false;
        for (Account account : accounts.values()) {
            if (account.socket != null) {
                account.socket.close();
                account.socket = null;
            }
        }
    }

    /** Cuts all connections and forgets the sessions, but not the messages that were not delivered. */
    synchronized void restart() throws IOException {
        cutAll();
        accounts.values().forEach(account -> {
            account.handled = -1;
            account.delivered = 0;
        });
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> serve(socket), "chat-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        StringBuilder text = new StringBuilder();
        String[] user = {""};
        byte[] buffer = new byte[4096];
        try (socket) {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                Matcher element = ELEMENT.matcher(text);
                int end = 0;
                while (element.find()) {
                    end = element.end();
                    handle(socket, user, element);
                }
                text.delete(0, end);
            }
        } catch (IOException cut) {
            // the client comes back
        }
    }

    private synchronized void handle(Socket socket, String[] user, Matcher element) throws IOException {
        // What a cut connection had brought before must not be heard after something was lost on it.
        if (deaf || socket.isClosed()) {
            return;
        }
        String text = element.group();
        Account account = accounts.computeIfAbsent(user[0], name -> new Account());
        if (text.startsWith("<stream:stream")) {
            write(
                    socket,
                    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
                            + "xmlns:stream='http://etherx.jabber.org/streams' id='1'><stream:features/>");
        } else if (text.startsWith("<auth")) {
            user[0] =
                    new String(Base64.getDecoder().decode(element.group(1)), StandardCharsets.UTF_8).split("\0", -1)[1];
            write(socket, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        } else if (text.startsWith("<iq")) {
            write(socket, "<iq type='result' id='bind'/>");
        } else if (text.startsWith("<enable")) {
            account.handled = 0;
            account.delivered = 0;
            write(socket, "<enabled xmlns='urn:xmpp:sm:3' id='" + user[0] + "' resume='true'/>");
            attach(account, socket);
        } else if (text.startsWith("<resume")) {
            resume(account, socket, Long.parseLong(element.group(2)));
        } else if (text.startsWith("<r ")) {
            write(socket, "<a xmlns='urn:xmpp:sm:3' h='" + account.handled + "'/>");
        } else if (text.startsWith("<a ")) {
            acknowledged(account, Long.parseLong(element.group(4)));
        } else {
            account.handled++;
            if (text.startsWith("<message")) {
                deliver(accounts.computeIfAbsent(element.group(3), name -> new Account()), text);
            }
        }
    }

    private void resume(Account account, Socket socket, long handledByClient) throws IOException {
        if (account.handled < 0) {
            write(socket, "<failed xmlns='urn:xmpp:sm:3'/>");
            return;
        }
        acknowledged(account, handledByClient);
        write(socket, "<resumed xmlns='urn:xmpp:sm:3' previd='x' h='" + account.handled + "'/>");
        attach(account, socket);
    }

    private static void acknowledged(Account account, long count) {
        for (; account.delivered < count; account.delivered++) {
            account.undelivered.poll();
        }
    }

    private static void attach(Account account, Socket socket) throws IOException {
        account.socket = socket;
        for (String message : account.undelivered) {
            write(socket, message + "<r xmlns='urn:xmpp:sm:3'/>");
        }
    }

    private static void deliver(Account account, String message) throws IOException {
        account.undelivered.add(message);
        Socket socket = account.socket;
        if (socket != null) {
            write(socket, message + "<r xmlns='urn:xmpp:sm:3'/>");
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
