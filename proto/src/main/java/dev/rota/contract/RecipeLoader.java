package dev.rota.contract;

import dev.rota.contract.yaml.ConfigException;
import dev.rota.contract.yaml.YamlDocument;
import dev.rota.contract.yaml.YamlNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads recipes; a recipe that is loaded keeps every rule of {@code deploy/doc/recipes.md}. */
public final class RecipeLoader {
    private static final int MAX_BYTES = 1024 * 1024;

    private RecipeLoader() {}

    /**
     * Loads a recipe from its text; the digest is that of the text's UTF-8 bytes.
     *
     * @param sourceName the file's name, for messages
     * @throws ConfigException listing every problem with file, line and column
     */
    public static Recipe load(String text, String sourceName) {
        YamlNode root = YamlDocument.parse(text, sourceName);
        Recipe recipe = new RecipeReader(root).read(Digest.sha256(text.getBytes(StandardCharsets.UTF_8)), sourceName);
        root.problems().throwIfAny();
        return recipe;
    }

    /**
     * Loads a recipe from a UTF-8 file of at most 1 MB.
     *
     * @throws ConfigException listing every problem, also when the file cannot be read
     */
    public static Recipe load(Path file) {
        String at = file + ":1:1";
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(at, "the file is larger than 1 MB");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return load(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), file.toString());
        } catch (CharacterCodingException e) {
            throw new ConfigException(at, "the file is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigException(at, "the file cannot be read: " + e, e);
        }
    }
}
