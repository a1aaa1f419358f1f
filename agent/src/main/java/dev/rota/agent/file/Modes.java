package dev.rota.agent.file;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** File modes as archives write them. Only the nine permission bits: what would give a program its owner's rights is left out. */
public final class Modes {
    private static final List<PosixFilePermission> FROM_HIGHEST_BIT = List.of(
            OWNER_READ,
            OWNER_WRITE,
            OWNER_EXECUTE,
            GROUP_READ,
            GROUP_WRITE,
            GROUP_EXECUTE,
            OTHERS_READ,
            OTHERS_WRITE,
            OTHERS_EXECUTE);
    private static final int HIGHEST_BIT = 0400;

    private Modes() {}

    /** The bits of a set of permissions. */
    public static int bits(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (int i = 0; i < FROM_HIGHEST_BIT.size(); i++) {
            if (permissions.contains(FROM_HIGHEST_BIT.get(i))) {
                mode |= HIGHEST_BIT >> i;
            }
        }
        return mode;
    }

    /** The permissions of some bits. */
    public static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < FROM_HIGHEST_BIT.size(); i++) {
            if ((mode & (HIGHEST_BIT >> i)) != 0) {
                set.add(FROM_HIGHEST_BIT.get(i));
            }
        }
        return set;
    }
}
