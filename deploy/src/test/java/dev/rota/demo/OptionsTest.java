package dev.rota.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void defaultsToASoftlyUpgradedSample() throws Options.Misuse {
        Options options = Options.parse(List.of());
        assertThat(options.product()).isEqualTo("sample");
        assertThat(options.nodes()).isEqualTo(3);
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
        "--heal, --heal needs --fail"
    })
    void namesWhatItDoesNotUnderstand(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" ", -1))))
                .isInstanceOf(Options.Misuse.class)
                .hasMessageContaining(message);
    }
}
