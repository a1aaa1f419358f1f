package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rota.contract.yaml.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
    @TempDir
    private Path directory;

    @Test
    void theBuiltInRecipesAreSound() {
        assertThat(Recipes.load(null).all())
                .extracting(Recipe::name)
                .containsExactly("appcircle", "ejabberd", "mattermost", "nextcloud", "sample", "seafile");
    }

    @Test
    void aDirectoryThatDoesNotExistAddsNothing() {
        assertThat(Recipes.load(directory.resolve("none")).all()).hasSize(6);
    }

    @Test
    void aFileAddsARecipe() throws IOException {
        Files.writeString(directory.resolve("shop.yaml"), RecipeLoaderTest.shop());
        Files.writeString(directory.resolve("readme.txt"), "no recipe");
        Files.writeString(directory.resolve(".shop.yaml"), "no recipe");
        assertThat(Recipes.load(directory).all())
                .extracting(Recipe::name)
                .containsExactly("appcircle", "ejabberd", "mattermost", "nextcloud", "sample", "seafile", "shop");
    }

    @Test
    void aFileReplacesABuiltInRecipeOfItsName() throws IOException {
        Path file = directory.resolve("sample.yaml");
        Files.writeString(file, RecipeLoaderTest.shop().replace("recipe: shop", "recipe: sample"));
        Recipes recipes = Recipes.load(directory);
        assertThat(recipes.find("sample"))
                .hasValueSatisfying(recipe -> assertThat(recipe.source()).isEqualTo(file.toString()));
        assertThat(recipes.find("shop")).isEmpty();
    }

    @Test
    void aFileMustBeNamedAfterItsRecipe() throws IOException {
        Path file = directory.resolve("store.yaml");
        Files.writeString(file, RecipeLoaderTest.shop());
        assertThatThrownBy(() -> Recipes.load(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":1:1: recipe 'shop' must be in a file named 'shop.yaml'");
    }

    @Test
    void theProblemsOfAllFilesAreListed() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "- x\n");
        Files.writeString(directory.resolve("b.yaml"), "a: [\n");
        assertThatThrownBy(() -> Recipes.load(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        directory.resolve("a.yaml") + ":1:1: expected keys and values, found a list",
                        directory.resolve("b.yaml") + ":2:1: ");
    }
}
