package dev.rota.contract;

import java.util.Arrays;
import java.util.Optional;

/** The named stages of one node's turn, in the order a soft upgrade runs them. */
public enum Phase {
    STAGE("stage"),
    CHECK("check"),
    ANNOUNCE("announce"),
    BACKUP("backup"),
    DRAIN("drain"),
    LEAVE("leave"),
    STOP("stop"),
    INSTALL("install"),
    MIGRATE("migrate"),
    RESTORE("restore"),
    START("start"),
    JOIN("join"),
    VERIFY("verify"),
    UNDRAIN("undrain"),
    CLEANUP("cleanup");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    /** The word used in recipes, on the wire, in logs and on the command line. */
    public String label() {
        return label;
    }

    /** The phase with that label, if there is one. */
    public static Optional<Phase> of(String label) {
        return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst();
    }
}
