package dev.rota.contract;

import java.util.Set;

/** Names of the values the coordinator or the agent supplies to a recipe's templates, beside the recipe's own parameters. */
public final class Values {
    /** Name of the node whose turn it is. */
    public static final String NODE_NAME = "node.name";
    /** Its name inside the product's cluster. */
    public static final String NODE_MEMBER = "node.member";
    /** Name of the serving node that helps (carries a peer phase out, or is joined). */
    public static final String PEER_NAME = "peer.name";
    /** Its name inside the product's cluster. */
    public static final String PEER_MEMBER = "peer.member";
    /** Name of the cluster. */
    public static final String CLUSTER_NAME = "cluster.name";
    /** Version that is being installed. */
    public static final String RELEASE_VERSION = "release.version";
    /** Version that was installed before. */
    public static final String RELEASE_PREVIOUS = "release.previous";
    /** Migrations to run on the way, in order, separated by spaces; the names one may have, the newest first, by {@code |}. */
    public static final String HOP_MIGRATIONS = "hop.migrations";
    /** The rollout's id. */
    public static final String ROLLOUT_ID = "rollout.id";
    /** Id of the hop in the rollout, such as {@code chat-7.2}: what is done once is done once in each hop. A plain file name. */
    public static final String HOP_ID = "hop.id";
    /** The fetched artifact on this node (set by the agent). */
    public static final String ARTIFACT_FILE = "artifact.file";
    /** Digest of the artifact (set by the agent). */
    public static final String ARTIFACT_SHA256 = "artifact.sha256";
    /** Directory for this hop's backups of this node (set by the agent; made before the step). */
    public static final String BACKUP_DIR = "backup.dir";

    /** All of them. */
    public static final Set<String> ALL = Set.of(
            NODE_NAME,
            NODE_MEMBER,
            PEER_NAME,
            PEER_MEMBER,
            CLUSTER_NAME,
            RELEASE_VERSION,
            RELEASE_PREVIOUS,
            HOP_MIGRATIONS,
            ROLLOUT_ID,
            HOP_ID,
            ARTIFACT_FILE,
            ARTIFACT_SHA256,
            BACKUP_DIR);

    private Values() {}
}
