package dev.rota.coordinator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.raft.Options;

/** Who may use which library. Anything new here must be argued for. */
@AnalyzeClasses(packagesOf = AdaptersArchitectureTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class AdaptersArchitectureTest {
    @ArchTest
    static final ArchRule JGROUPS_ONLY_IN_THE_JOURNAL = onlyIn("journal", "org.jgroups..");

    @ArchTest
    static final ArchRule GRPC_ONLY_IN_GRPC = onlyIn("grpc", "io.grpc..");

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_ONLY_IN_SECURITY = onlyIn("security", "org.bouncycastle..");

    @ArchTest
    static final ArchRule PICOCLI_ONLY_IN_APP = onlyIn("app", "picocli..");

    @ArchTest
    static final ArchRule READS_NEVER_GO_THROUGH_RAFT = noClasses()
            .should()
            .callMethod(RAFT.class, "getAsync", byte[].class, int.class, int.class, Options.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.jgroups.raft.RaftHandle")
            .because("in jgroups-raft 1.1.4 a read commits entries that no majority has");

    @ArchTest
    static final ArchRule ADAPTERS_KNOW_PORTS_NOT_EACH_OTHER = noClasses()
            .that()
            .resideInAnyPackage("..journal..", "..artifact..", "..security..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..runtime..", "..grpc..", "..config..", "..app..", "..rollout..", "..plan..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.rota.coordinator.(*)..").should().beFreeOfCycles();

    private static ArchRule onlyIn(String room, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("dev.rota.coordinator." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }
}
