package dev.rota.load.xmpp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Who logs in where.
 *
 * @param address the one address the clients know
 * @param domain the server's domain
 * @param user local part of the account
 * @param password its password, sent by SASL PLAIN
 * @param resource bound resource
 */
record Login(InetSocketAddress address, String domain, String user, String password, String resource) {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final String MANAGEMENT = "urn:xmpp:sm:3";
    private static final String REQUEST = "<r xmlns='" + MANAGEMENT + "'/>";

    /** The server refused the account. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** An open session; {@code resumed} when it goes on with an earlier one. */
    record Session(StanzaStream stream, boolean resumed) {}

    /**
     * Logs in. An earlier session is resumed where the server still has it; what it has not acknowledged is sent again, in an
     * earlier or a new session alike.
     */
    Session perform(StreamManagement management) throws IOException {
        StanzaStream stream = StanzaStream.connect(address, domain);
        try {
            stream.limitWait(ANSWER_WITHIN);
            authenticate(stream);
            boolean resumed = resume(stream, management);
            if (!resumed) {
                bind(stream, management);
            }
            stream.limitWait(Duration.ZERO);
            return new Session(stream, resumed);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private void authenticate(StanzaStream stream) throws IOException {
        stream.open();
        String credentials =
                Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
        stream.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + credentials + "</auth>");
        Stanza answer = stream.next();
        if (!answer.name().equals("success")) {
            throw new Refused(user + ": "
                    + answer.children().stream().map(Stanza::name).findFirst().orElse(answer.name()));
        }
        stream.open();
    }

    private static boolean resume(StanzaStream stream, StreamManagement management) throws IOException {
        String id = management.resumption();
        if (id.isEmpty()) {
            return false;
        }
        // Asked once only: a server that does not answer this must not keep the client from a new session.
        management.resumableAs("");
        stream.send("<resume xmlns='" + MANAGEMENT + "' previd='" + id + "' h='" + management.handled() + "'/>");
        Stanza answer = stream.next();
        handled(answer).ifPresent(management::acknowledged);
        if (!answer.name().equals("resumed")) {
            return false;
        }
        management.resumableAs(id);
        for (String stanza : management.unacknowledged()) {
            stream.send(stanza + REQUEST);
        }
        return true;
    }

    private void bind(StanzaStream stream, StreamManagement management) throws IOException {
        stream.send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                + "</resource></bind></iq>");
        Stanza bound = stream.next();
        if (!bound.attribute("type").equals("result")) {
            throw new IOException(user + ": the server did not bind the resource");
        }
        stream.send("<enable xmlns='" + MANAGEMENT + "' resume='true'/>");
        Stanza enabled = stream.next();
        if (!enabled.name().equals("enabled")) {
            throw new IOException(user + ": the server has no stream management");
        }
        management.begin();
        management.resumableAs(enabled.attribute("id"));
        send(stream, management, "<presence/>");
        for (var next = management.nextOfBacklog(); next.isPresent(); next = management.nextOfBacklog()) {
            stream.send(next.get() + REQUEST);
        }
    }

    /** Sends a stanza that counts. */
    static void send(StanzaStream stream, StreamManagement management, String stanza) throws IOException {
        management.sent(stanza);
        stream.send(stanza + REQUEST);
    }

    /** Answers the server's question how much has been handled. */
    static void acknowledge(StanzaStream stream, StreamManagement management) throws IOException {
        stream.send("<a xmlns='" + MANAGEMENT + "' h='" + management.handled() + "'/>");
    }

    /** The count an answer of stream management carries. */
    static Optional<Long> handled(Stanza stanza) {
        return stanza.attribute("h").matches("\\d{1,10}")
                ? Optional.of(Long.valueOf(stanza.attribute("h")))
                : Optional.empty();
    }
}
