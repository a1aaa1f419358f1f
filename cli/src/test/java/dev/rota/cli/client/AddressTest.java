package dev.rota.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"c1:7000", "192.0.2.1:1", "[2001:db8::1]:65535", "c1.example:443"})
    void anAddressIsWrittenAsItWasRead(String text) {
        assertThat(Address.parse(text)).hasToString(text);
    }

    @Test
    void theBracketsAreNoPartOfTheHost() {
        assertThat(Address.parse("[::1]:7000")).isEqualTo(new Address("::1", 7000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", ":7000", "c1:", "c1:0", "c1:65536", "c1:+7", "c1:seven", "::1:7000", "[]:1"})
    void anythingElseIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessageStartingWith("'" + text + "'");
    }
}
