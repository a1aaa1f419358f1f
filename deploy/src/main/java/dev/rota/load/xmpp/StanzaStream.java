package dev.rota.load.xmpp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One TCP connection that carries an XMPP stream. One thread reads; any thread may send. */
final class StanzaStream implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String domain;
    private @Nullable XMLStreamReader reader;

    private StanzaStream(Socket socket, String domain) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.domain = domain;
    }

    /** Connects; the stream is not open yet. */
    static StanzaStream connect(InetSocketAddress address, String domain) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(CONNECT_WITHIN.toMillis()));
            return new StanzaStream(socket, domain);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** How long {@link #next} waits; zero: without limit. */
    void limitWait(Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    /**
     * Opens the stream, or opens it anew after authentication, and returns the features the server offers. The server sends
     * nothing between its last answer and our header, so no byte is left behind in the parser that is given up here.
     */
    Stanza open() throws IOException {
        send("<?xml version='1.0'?><stream:stream to='" + domain
                + "' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>");
        try {
            XMLStreamReader opened = parsers().createXMLStreamReader(in, "UTF-8");
            while (opened.getEventType() != XMLStreamConstants.START_ELEMENT) {
                opened.next();
            }
            reader = opened;
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
        return next();
    }

    /**
     * The next element, read to its end.
     *
     * @throws EOFException when the stream or the connection was closed, or the server reports a stream error
     */
    Stanza next() throws IOException {
        XMLStreamReader open = reader;
        if (open == null) {
            throw new IllegalStateException("the stream is not open");
        }
        try {
            while (open.hasNext()) {
                switch (open.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        Stanza stanza = element(open);
                        if (stanza.name().equals("error") && stanza.namespace().endsWith("/streams")) {
                            throw new EOFException("stream error: "
                                    + stanza.children().stream()
                                            .map(Stanza::name)
                                            .findFirst()
                                            .orElse("without a cause"));
                        }
                        return stanza;
                    }
                    case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT ->
                        throw new EOFException("the server closed the stream");
                    default -> {}
                }
            }
            throw new EOFException("the stream ended");
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    /** Sends text as it is. */
    void send(String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released all the same; there is nothing to be done with the reason.
            assert socket.isClosed() : e;
        }
    }

    private static Stanza element(XMLStreamReader at) throws XMLStreamException {
        String name = at.getLocalName();
        String namespace = at.getNamespaceURI() == null ? "" : at.getNamespaceURI();
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < at.getAttributeCount(); i++) {
            attributes.put(at.getAttributeLocalName(i), at.getAttributeValue(i));
        }
        List<Stanza> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = at.next(); event != XMLStreamConstants.END_ELEMENT; event = at.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(at));
            } else if (at.hasText()) {
                text.append(at.getText());
            }
        }
        return new Stanza(name, namespace, attributes, text.toString(), children);
    }

    private static XMLInputFactory parsers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** A parser reports a lost connection as bad XML; what it wraps tells them apart, and here both end the session. */
    private static IOException unreadable(XMLStreamException e) {
        Throwable cause = e.getNestedException() == null ? e : e.getNestedException();
        return new IOException("the stream cannot be read on: " + cause.getMessage(), cause);
    }
}
