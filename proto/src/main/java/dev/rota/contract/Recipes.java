package dev.rota.contract;

import dev.rota.contract.yaml.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recipes of one host: the built-in ones and those of its recipes directory. */
public final class Recipes {
    private static final List<String> BUILT_IN =
            List.of("appcircle", "ejabberd", "mattermost", "nextcloud", "sample", "seafile");
    private static final String SUFFIX = ".yaml";

    private final Map<String, Recipe> byName;

    private Recipes(Map<String, Recipe> byName) {
        this.byName = byName;
    }

    /**
     * Loads the built-in recipes and the {@code NAME.yaml} files of a directory, which replace built-in ones of the same name.
     * Files whose name begins with a dot are left alone.
     *
     * @param directory may be absent or not exist: built-in recipes only
     * @throws ConfigException listing the problems of all files
     */
    public static Recipes load(@Nullable Path directory) {
        Map<String, Recipe> byName = new TreeMap<>();
        BUILT_IN.forEach(name -> byName.put(name, builtIn(name)));
        List<ConfigException> broken = new ArrayList<>();
        for (Path file : directory == null ? List.<Path>of() : files(directory)) {
            try {
                Recipe recipe = named(file);
                byName.put(recipe.name(), recipe);
            } catch (ConfigException e) {
                broken.add(e);
            }
        }
        if (!broken.isEmpty()) {
            throw ConfigException.ofAll(broken);
        }
        return new Recipes(byName);
    }

    /** The recipe of that name, if there is one. */
    public Optional<Recipe> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All recipes, by name. */
    public List<Recipe> all() {
        return List.copyOf(byName.values());
    }

    private static Recipe builtIn(String name) {
        String resource = "/dev/rota/recipes/" + name + SUFFIX;
        try (InputStream in = Recipes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the built-in recipe " + resource + " is missing from this installation");
            }
            return RecipeLoader.load(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), "built-in " + name + SUFFIX);
        } catch (IOException e) {
            throw new IllegalStateException("the built-in recipe " + resource + " cannot be read", e);
        }
    }

    private static Recipe named(Path file) {
        Recipe recipe = RecipeLoader.load(file);
        String expected = recipe.name() + SUFFIX;
        if (!String.valueOf(file.getFileName()).equals(expected)) {
            throw new ConfigException(
                    file + ":1:1", "recipe '" + recipe.name() + "' must be in a file named '" + expected + "'");
        }
        return recipe;
    }

    private static List<Path> files(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.endsWith(SUFFIX) && !name.startsWith(".");
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigException(directory + ":1:1", "the recipes directory cannot be read: " + e, e);
        }
    }
}
