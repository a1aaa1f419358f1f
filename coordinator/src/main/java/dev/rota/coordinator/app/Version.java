package dev.rota.coordinator.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the program: that of its jar file. */
final class Version implements IVersionProvider {
    Version() {}

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"rota-coordinator " + text()};
    }
}
