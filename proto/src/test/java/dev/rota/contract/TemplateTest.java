package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Map<String, String> VALUES = Map.of("a", "A", "node.name", "n1", "odd", "${a}", "dot", "1.0");

    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "${a},A",
        "x${a}y${node.name}z,xAyn1z",
        "$${a},${a}",
        "$$${a},$${a}",
        "$a $ {a} $,$a $ {a} $",
        "${odd},${a}",
        "${a}},A}",
        "'',''",
    })
    void valuesReplaceTheirNames(String template, String expanded) {
        assertThat(Template.expand(template, VALUES)).isEqualTo(expanded);
    }

    @Test
    void aMissingValueIsNamed() {
        assertThatThrownBy(() -> Template.expand("x ${peer.name} y", VALUES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value for '${peer.name}' in 'x ${peer.name} y'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${a", "x${", "${", "${}", "${A}", "${a b}", "${1}", "${a${b}}"})
    void aTemplateThatIsNoneIsRefused(String template) {
        assertThatThrownBy(() -> Template.names(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write '$${' for a literal '${'");
    }

    @Test
    void namesComeInOrderAndOnce() {
        assertThat(Template.names("${b}${a}${b} $${c}")).containsExactly("b", "a");
    }

    @Test
    void inAPatternAValueStandsForItsLiteralText() {
        String pattern = Template.expandPattern("^v${dot}$", VALUES);
        assertThat("v1.0").matches(pattern);
        assertThat("v1x0").doesNotMatch(pattern);
    }

    @Test
    void growthIsBounded() {
        Map<String, String> large = Map.of("x", "x".repeat(600_000));
        assertThatThrownBy(() -> Template.expand("${x}${x}", large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text with its values is longer than 1 MB");
    }
}
