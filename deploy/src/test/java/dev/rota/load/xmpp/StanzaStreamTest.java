package dev.rota.load.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StanzaStreamTest {
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
            + "xmlns:stream='http://etherx.jabber.org/streams' id='1'><stream:features><x/></stream:features>";

    private ServerSocket listener;
    private StanzaStream stream;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        stream = StanzaStream.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()), "localhost");
        server = listener.accept();
        write(HEADER);
        assertThat(stream.open().name()).isEqualTo("features");
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
        server.close();
        listener.close();
    }

    @Test
    void anElementIsHandedOverAsSoonAsItIsComplete() throws IOException {
        write(
                "<message id='7' type='chat' xml:lang='en'><body>a &amp; b</body><delay xmlns='urn:x'/></message><r xmlns='u'/>");
        Stanza message = stream.next();
        assertThat(message.attribute("id")).isEqualTo("7");
        assertThat(message.attribute("none")).isEmpty();
        assertThat(message.child("body"))
                .hasValueSatisfying(b -> assertThat(b.text()).isEqualTo("a & b"));
        assertThat(message.namespace()).isEqualTo("jabber:client");
        assertThat(message.counts()).isTrue();
        assertThat(stream.next().counts()).isFalse();
    }

    @Test
    void anElementInPiecesIsPutTogether() throws IOException {
        write("<message id='");
        write("8'><bo");
        write("dy>hi</body></mess");
        write("age>");
        assertThat(stream.next().attribute("id")).isEqualTo("8");
    }

    @Test
    void aStreamErrorEndsIt() throws IOException {
        write("<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
        assertThatThrownBy(stream::next).isInstanceOf(EOFException.class).hasMessage("stream error: system-shutdown");
    }

    @Test
    void theServersGoodbyeEndsIt() throws IOException {
        write("</stream:stream>");
        assertThatThrownBy(stream::next).isInstanceOf(EOFException.class);
    }

    @Test
    void aLostConnectionEndsIt() throws IOException {
        server.close();
        assertThatThrownBy(stream::next).isInstanceOf(IOException.class);
    }

    @Test
    void itCanBeOpenedAnewAfterAuthentication() throws IOException {
        write("<success/>");
        assertThat(stream.next().name()).isEqualTo("success");
        write(HEADER);
        assertThat(stream.open().child("x")).isPresent();
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws IOException {
        stream.limitWait(Duration.ofMillis(20));
        assertThatThrownBy(stream::next)
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(SocketTimeoutException.class);
    }

    private void write(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
