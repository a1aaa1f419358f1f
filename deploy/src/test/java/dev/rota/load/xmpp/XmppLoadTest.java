package dev.rota.load.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class XmppLoadTest {
    private static final Duration PACE = Duration.ofMillis(20);

    private ChatServer server;
    private XmppLoad load;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = new ChatServer();
        load = new XmppLoad(server.address(), "localhost", 4, "secret", PACE);
        load.start();
    }

    @AfterEach
    void stop() throws IOException {
        load.close();
        server.close();
    }

    @Test
    void messagesArriveAndAreCountedOnce() throws InterruptedException {
        await().until(() -> load.figures().received() >= 20);
        XmppFigures figures = load.stop();
        assertThat(figures.received()).isEqualTo(figures.sent());
        assertThat(figures)
                .returns(4, XmppFigures::sessions)
                .returns(4L, XmppFigures::logins)
                .returns(0L, XmppFigures::disconnects)
                .returns(0L, XmppFigures::duplicates)
                .returns(0L, XmppFigures::lost);
    }

    @Test
    void aResumedSessionLosesNothingOfWhatWasUnderway() throws IOException, InterruptedException {
        await().until(() -> load.figures().received() >= 8);
        server.turnDeaf();
        long before = load.figures().sent();
        await().until(() -> load.figures().sent() >= before + 8);
        server.cutAll();
        await().until(() -> load.figures().resumed() == 4);
        XmppFigures figures = load.stop();
        assertThat(figures)
                .returns(4L, XmppFigures::disconnects)
                .returns(0L, XmppFigures::lost)
                .returns(figures.sent(), XmppFigures::received);
    }

    @Test
    void aNewSessionLosesNothingEither() throws IOException, InterruptedException {
        await().until(() -> load.figures().received() >= 8);
        server.turnDeaf();
        long before = load.figures().sent();
        await().until(() -> load.figures().sent() >= before + 8);
        server.restart();
        await().until(() -> load.figures().logins() == 8);
        XmppFigures figures = load.stop();
        assertThat(figures)
                .returns(0L, XmppFigures::resumed)
                .returns(0L, XmppFigures::lost)
                .returns(figures.sent(), XmppFigures::received);
    }

    @Test
    void everyUserNeedsAPartner() {
        assertThatThrownBy(() -> new XmppLoad(server.address(), "localhost", 3, "secret", PACE))
                .hasMessage("users have partners: 3 is not an even number above 0");
    }
}
