package dev.rota.agent;

import dev.rota.contract.Recipe;
import dev.rota.contract.RecipeLoader;

/** Recipes for tests. */
public final class TestRecipes {
    private TestRecipes() {}

    /** A recipe of a product that is a few files below {@code ${root}}, with these phases (YAML, indented by two). */
    public static Recipe withPhases(String phases) {
        return RecipeLoader.load("""
                format: 1
                recipe: files
                version: {detect: {run: [cat, "${root}/version"], capture: '(?<version>[0-9.]+)'}}
                path: {rule: direct}
                parameters:
                  root: {about: Where everything is.}
                environment: {ROOT: "${root}"}
                member: "m-${node.name}"
                members: {run: [cat, "${root}/members"], each: '^(?<member>\\S+)$'}
                replicas: {run: [cat, "${root}/replicas"], each: '^(?<name>\\S+) (?<value>\\S+)$'}
                master: {run: [cat, "${root}/leader"], capture: '^(?<member>\\S+)$'}
                health:
                  - {file: "${root}/healthy"}
                installed: "${root}/current"
                phases:
                """ + phases, "files.yaml");
    }
}
