package dev.rota.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A release as it is given to {@code rota releases add}.
 *
 * @param version its version
 * @param artifact its artifact
 * @param soft whether its notes allow a soft upgrade; empty: they do not say
 * @param reason why, when {@code soft} is set
 * @param follows the release it directly follows, where the recipe does not list it
 */
public record ReleaseFile(
        String version, Path artifact, Optional<Boolean> soft, String reason, Optional<String> follows) {
    /** A release whose notes say nothing and whose place on the path the recipe knows. */
    public static ReleaseFile of(String version, Path artifact) {
        return new ReleaseFile(version, artifact, Optional.empty(), "", Optional.empty());
    }
}
