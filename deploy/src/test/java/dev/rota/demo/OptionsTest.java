package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void defaultsToASoftlyUpgradedSample() throws Options.Misuse {
        Options options = Options.parse(List.of());
        assertThat(options.product()).isEqualTo("sample");
        assertThat(options.nodes()).isEqualTo(3);
        assertThat(options.coordinators()).isEqualTo(1);
        assertThat(options.stable()).isEqualTo("0s");
        assertThat(options.mode()).isEmpty();
        assertThat(options.keep()).isFalse();
    }

    @Test
    void takesEveryOption() throws Options.Misuse {
        Options options = Options.parse(List.of(
                "--product",
                "ejabberd",
                "--mode",
                "full-stop",
                "--nodes",
                "4",
                "--coordinators",
                "3",
                "--to",
                "24.12",
                "--stable",
                "2s",
                "--fail",
                "start@2",
                "--heal",
                "--report",
                "r.json",
                "--keep"));
        assertThat(options.product()).isEqualTo("ejabberd");
        assertThat(options.mode()).contains("full-stop");
        assertThat(options.nodes()).isEqualTo(4);
        assertThat(options.coordinators()).isEqualTo(3);
        assertThat(options.to()).contains("24.12");
        assertThat(options.stable()).isEqualTo("2s");
        assertThat(options.failure()).contains(new Options.Failure("start", 2));
        assertThat(options.heal()).isTrue();
        assertThat(options.report()).contains(Path.of("r.json"));
        assertThat(options.keep()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--prodct sample, unknown option --prodct",
        "--nodes many, --nodes is a number from 1 to 9",
        "--nodes, --nodes needs a value",
        "--mode fast, --mode is one of soft",
        "--fail start, --fail is PHASE@NODE",
        "--fail start@4, --fail names node 4 of 3",
        "--heal, --heal needs --fail",
        "--stable soon, --stable is a whole number with ms",
        "--stop, --stop goes with the directory of a kept run"
    })
    void namesWhatItDoesNotUnderstand(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" ", -1))))
                .isInstanceOf(Options.Misuse.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fail frob@2 | --fail: the sample cluster can be made to fail in backup, check, join, leave, start, not 'frob'",
                "--fail join@1 --product ejabberd | --fail: the ejabberd cluster can be made to fail in stage, start, not 'join'",
                "--to 9.9 | --to: the sample cluster can be upgraded to 1.1, 1.2, 2.0, not '9.9'",
                "--to 1.0 | --to: the sample cluster can be upgraded to 1.1, 1.2, 2.0, not '1.0'",
                "--to 1.1 --product ejabberd | --to: the ejabberd cluster can be upgraded to 23.04, 24.12, not '1.1'"
            })
    void refusesWhatTheProductDoesNotHave(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" ", -1))))
                .isInstanceOf(Options.Misuse.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "ejabberd"})
    void theHelpNamesWhatEachProductHas(String product) throws IOException {
        try (InputStream in = Options.class.getResourceAsStream("usage.txt")) {
            assertThat(in).isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(product + ": " + String.join(", ", Products.targets(product)))
                    .contains(product + ": " + String.join(", ", Products.phases(product)));
        }
    }
}
