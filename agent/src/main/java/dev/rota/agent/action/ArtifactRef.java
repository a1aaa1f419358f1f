package dev.rota.agent.action;

/**
 * A release's artifact.
 *
 * @param sha256 64 hexadecimal digits, lower case
 * @param sizeBytes its size
 * @param fileName a plain file name
 */
public record ArtifactRef(String sha256, long sizeBytes, String fileName) {
    /** Refuses what could not be a digest or could leave its directory. */
    public ArtifactRef {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256");
        }
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size " + sizeBytes + " is below zero");
        }
        if (!fileName.matches("[A-Za-z0-9_+~-][A-Za-z0-9._+~-]{0,127}")) {
            throw new IllegalArgumentException(
                    "'" + fileName + "' is no plain file name (letters, digits and ._+~- only, at most 128)");
        }
    }
}
