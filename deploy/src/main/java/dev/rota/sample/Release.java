package dev.rota.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The releases of this product. They are built from one code base and differ in what they answer and in whom they get along with:
 * only neighbours speak a common protocol.
 */
public enum Release {
    /** The first release. */
    V1_0("1.0", 1, "hello"),
    /** Follows 1.0. */
    V1_1("1.1", 2, "good day"),
    /** Follows 1.1. */
    V1_2("1.2", 3, "welcome"),
    /** Follows 1.2; does not get along with 1.0 and 1.1. */
    V2_0("2.0", 4, "greetings");

    private final String version;
    private final int place;
    private final String greeting;

    Release(String version, int place, String greeting) {
        this.version = version;
        this.place = place;
        this.greeting = greeting;
    }

    /** The release with that version, if there is one. */
    public static Optional<Release> of(String version) {
        return Arrays.stream(values()).filter(r -> r.version.equals(version)).findFirst();
    }

    /** The release a directory was unpacked from, by its {@code VERSION} file. */
    static Release in(Path directory) throws IOException {
        String text = Files.readString(directory.resolve("VERSION")).strip();
        return of(text).orElseThrow(() -> new IOException(directory + "/VERSION names no release: '" + text + "'"));
    }

    /** Its version. */
    public String version() {
        return version;
    }

    /** What a node of this release says in {@code /version}, so that the code that answers can be told from the number it claims. */
    public String greeting() {
        return greeting;
    }

    /** Whether nodes of both releases can be members of one cluster. */
    boolean getsAlongWith(Release other) {
        return Math.abs(place - other.place) <= 1;
    }
}
