package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.yaml.Problems;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private final Problems problems = new Problems();
    private Recipe shop;

    @BeforeEach
    void loadShop() throws IOException {
        shop = RecipeLoader.load(RecipeLoaderTest.shop(), "shop.yaml");
    }

    private Map<String, String> resolve(Map<String, String> configured) {
        return Parameters.resolve(shop, "n1", configured, name -> "agent.yaml:7:3", problems);
    }

    @Test
    void defaultsUseTheNodesNameAndOtherParameters() {
        assertThat(resolve(Map.of("url", "http://h")))
                .containsExactly(
                        Map.entry("root", "/opt/shop-n1"),
                        Map.entry("url", "http://h"),
                        Map.entry("log", "/opt/shop-n1/log"));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void aConfiguredValueReplacesTheDefaultEverywhere() {
        assertThat(resolve(Map.of("url", "u", "root", "/srv"))).containsEntry("log", "/srv/log");
    }

    @Test
    void configuredValuesAreLiteral() {
        assertThat(resolve(Map.of("url", "${root}"))).containsEntry("url", "${root}");
    }

    @Test
    void aMissingRequiredParameterIsNamedWithItsPurpose() {
        assertThat(resolve(Map.of())).containsEntry("url", "");
        assertThat(problems.lines())
                .containsExactly(
                        "agent.yaml:7:3: recipe 'shop' needs parameter 'url' (Address of the admin interface.)");
    }

    @Test
    void anUnknownConfiguredParameterIsNamedWithTheNearestKnownOne() {
        assertThat(resolve(Map.of("url", "u", "rot", "/srv"))).doesNotContainKey("rot");
        assertThat(problems.lines())
                .containsExactly("agent.yaml:7:3: recipe 'shop' has no parameter 'rot', did you mean 'root'?");
    }
}
