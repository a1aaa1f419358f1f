package dev.rota.agent.file;

import java.io.IOException;
import java.nio.file.Path;

/** Writing would leave less free space than the configured floor. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Names the place and the figures. */
    public DiskFullException(Path path, long needed, long free, long floor) {
        super(needed + " bytes do not fit at " + path + ": " + free + " bytes are free and " + floor
                + " must stay free (limits.disk_floor)");
    }
}
