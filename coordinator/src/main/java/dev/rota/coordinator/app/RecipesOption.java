package dev.rota.coordinator.app;

import dev.rota.contract.Recipes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --recipes}: recipes of the operator's own, as in the coordinator's configuration. */
final class RecipesOption {
    @Option(
            names = "--recipes",
            paramLabel = "DIR",
            description = "A directory of recipes, which replace built-in ones of the same name.")
    private @Nullable Path directory;

    RecipesOption() {}

    Recipes load() {
        if (directory != null && !java.nio.file.Files.isDirectory(directory)) {
            throw new IllegalArgumentException(directory + " is not a directory: give the recipes to use");
        }
        return Recipes.load(directory);
    }
}
