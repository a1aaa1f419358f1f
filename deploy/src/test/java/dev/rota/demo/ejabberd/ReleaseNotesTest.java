package dev.rota.demo.ejabberd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rota.contract.Recipes;
import dev.rota.contract.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseNotesTest {
    @Test
    void noReleaseOnTheWayIsWithoutNotes() {
        List<String> path = Recipes.load(null).find("ejabberd").orElseThrow().path().releases().stream()
                .map(Version::toString)
                .toList();
        List<String> targets = EjabberdProduct.targets();
        assertThat(ReleaseNotes.VERSIONS)
                .isEqualTo(path.subList(
                        path.indexOf(Kit.VERSIONS.get(0)) + 1, path.indexOf(targets.get(targets.size() - 1)) + 1));
    }

    @Test
    void eachNoteIsInADirectoryOfItsReleaseAndNamesIt(@TempDir Path directory) throws IOException {
        ReleaseNotes.write(directory);
        for (String version : ReleaseNotes.VERSIONS) {
            assertThat(directory.resolve(version).resolve("upgrade.md"))
                    .content()
                    .matches("(?s)# From ejabberd [0-9.]+ to " + version.replace(".", "\\.") + "\n.+");
        }
    }
}
