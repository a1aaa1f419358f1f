package dev.rota.demo.ejabberd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real causes of failure, and how each is taken away. */
final class Faults {
    /** Phases there is a fault for. */
    static final List<String> PHASES = List.of("stage", "start");

    private static final String REFUSED = "refused.yml";
    private static final String GOOD = NodeFiles.CONTROL + ".good";

    private final Map<String, String> cures = new TreeMap<>();
    private final List<Cure> open = new ArrayList<>();

    /** Takes one cause away. */
    private interface Cure {
        void apply() throws IOException;
    }

    /**
     * Makes the phase fail on that node.
     *
     * @param target version the fault concerns
     */
    void inject(String phase, Node node, String target) throws IOException {
        switch (phase) {
            case "start" -> refusedConfiguration(node, target);
            case "stage" -> occupiedDirectory(node, target);
            default ->
                throw new IllegalArgumentException("ejabberd can be made to fail in stage and start, not in " + phase);
        }
    }

    /**
     * The release finds an option that it does not know, ends at once and says so in its log. Other releases start, so that a node can
     * go back.
     */
    private void refusedConfiguration(Node node, String target) throws IOException {
        Path refused = node.config().resolve(REFUSED);
        Files.copy(node.config().resolve(NodeFiles.CONFIGURATION), refused, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(refused, "no_such_option: true\n", StandardOpenOption.APPEND);
        Path control = node.config().resolve(NodeFiles.CONTROL);
        Path good = node.config().resolve(GOOD);
        Files.copy(control, good, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(control, """
                case "$(readlink '%s')" in
                  %s | */%2$s) EJABBERD_CONFIG_PATH='%s' ;;
                esac
                """.formatted(node.current(), target, refused), StandardOpenOption.APPEND);
        cures.put(control.toString(), "cp '" + good + "' '" + control + "'");
        open.add(() -> Files.copy(good, control, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Something that Rota did not put there stands where the release is to be unpacked. */
    private void occupiedDirectory(Node node, String target) throws IOException {
        Path release = node.release(target);
        Path foreign = Files.createDirectories(release).resolve("not-by-rota");
        Files.writeString(foreign, "");
        cures.put(release.toString(), "rm -r '" + release + "'");
        open.add(() -> {
            Files.deleteIfExists(foreign);
            Files.deleteIfExists(release);
        });
    }

    /** Takes every cause away. */
    void heal() throws IOException {
        for (Cure cure : open) {
            cure.apply();
        }
        open.clear();
        cures.clear();
    }

    /** The shell command that does the same. */
    String command() {
        return cures.isEmpty() ? "true" : String.join(" && ", cures.values());
    }
}
