package dev.rota.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Recipe;
import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    @Test
    void onlyNeighboursGetAlong() {
        assertThat(Release.V1_0.getsAlongWith(Release.V1_1)).isTrue();
        assertThat(Release.V2_0.getsAlongWith(Release.V1_2)).isTrue();
        assertThat(Release.V1_0.getsAlongWith(Release.V1_2)).isFalse();
        assertThat(Release.V2_0.getsAlongWith(Release.V1_0)).isFalse();
    }

    @Test
    void theRecipeListsTheReleasesInTheirOrder() {
        Recipe recipe = Recipes.load(null).find("sample").orElseThrow();
        assertThat(recipe.path().releases())
                .extracting(Version::text)
                .containsExactlyElementsOf(
                        Arrays.stream(Release.values()).map(Release::version).toList());
    }
}
