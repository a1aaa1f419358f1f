package dev.rota.agent.action;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where the agent keeps things on its disk. */
public record Places(Path data) {
    /** Mode of a hop's directory of backups: the recipe's user passes through it to its own. */
    public static final Set<PosixFilePermission> BACKUPS_OF_A_HOP = PosixFilePermissions.fromString("rwx--x--x");

    /** Job directories. */
    public Path jobs() {
        return data.resolve("jobs");
    }

    /** Fetched artifacts. */
    public Path artifacts() {
        return data.resolve("artifacts");
    }

    /** Where a complete artifact is kept; its own name is kept for programs that go by the suffix. */
    public Path artifact(ArtifactRef artifact) {
        return artifacts().resolve(artifact.sha256()).resolve(artifact.fileName());
    }

    /** Where an artifact is unpacked before a step asks for it. */
    public Path unpacked(ArtifactRef artifact) {
        return artifacts().resolve(artifact.sha256()).resolve("tree");
    }

    /** Where an artifact grows while it is being fetched. */
    public Path artifactPart(ArtifactRef artifact) {
        return artifacts().resolve(artifact.sha256() + ".part");
    }

    /** Backups of a node in a hop; both names are checked to be plain. */
    public Path backup(String hop, String node) {
        return backups().resolve(hop).resolve(node);
    }

    /** All backups: a directory for each hop. */
    public Path backups() {
        return data.resolve("backups");
    }
}
