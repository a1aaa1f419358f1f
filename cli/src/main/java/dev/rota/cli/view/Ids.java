package dev.rota.cli.view;

import dev.rota.cli.view.layout.Words;
import java.util.regex.Pattern;

/** Ids as an operator reads and types them. */
public final class Ids {
    private static final int SHOWN = 12;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{" + (SHOWN + 1) + ",}");

    private Ids() {}

    /** The first 12 characters of a long hexadecimal id, any other id as it is, a dash for none. Accepted wherever an id is asked for. */
    public static String shown(String id) {
        return DIGEST.matcher(id).matches() ? id.substring(0, SHOWN) : Words.orDash(id);
    }
}
