package dev.rota.coordinator;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;

/** Who may use what. Think about the layering of the whole before changing a rule here. */
@AnalyzeClasses(packages = "dev.rota.coordinator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.rota.coordinator.domain",
        "dev.rota.coordinator.plan",
        "dev.rota.coordinator.rollout",
        "dev.rota.coordinator.notes.."
    };

    private static final String NOTES = "dev.rota.coordinator.notes..";
    private static final String[] PARSING = {"java.nio", "java.nio.charset", "org.commonmark.."};

    /** Anything new in the core must be argued for here: every member must come to the same state from the same entries. */
    @ArchTest
    static final ArchRule theCoreIsPure = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage(
                            "dev.rota.contract",
                            "java.lang",
                            "java.lang.invoke",
                            "java.lang.runtime",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.time",
                            "org.jspecify.annotations"))
                    .or(resideInAnyPackage(PARSING)));

    /** Only the reader of notes decodes and parses, and it does nothing else: no file, no pattern that could run away. */
    @ArchTest
    static final ArchRule onlyNotesParse = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .and()
            .resideOutsideOfPackage(NOTES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PARSING);

    @ArchTest
    static final ArchRule onlyNotesKnowMarkdown = noClasses()
            .that()
            .resideOutsideOfPackage(NOTES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.commonmark..");

    /** The recipe is a value; loading one reads files. */
    @ArchTest
    static final ArchRule theCoreLoadsNoRecipes = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.rota\\.contract\\.(Recipes|RecipeLoader)");

    @ArchTest
    static final ArchRule theCoreHasNoClockAndNoChance = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Locale.class, "getDefault")
            .orShould()
            .dependOnClassesThat(assignableTo(Random.class)
                    .or(assignableTo(Clock.class))
                    .or(assignableTo(Timer.class))
                    .or(assignableTo(System.class)));

    @ArchTest
    static final ArchRule theCoreHasNoThreadsAndNoProcesses = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(assignableTo(Thread.class)
                    .or(assignableTo(Process.class))
                    .or(assignableTo(ProcessBuilder.class))
                    .or(assignableTo(ThreadLocal.class)));

    /** Their order of iteration is nobody's promise, and the state is the same on every member. */
    @ArchTest
    static final ArchRule theCoreHasNoUnorderedCollections = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(assignableTo(HashMap.class).or(assignableTo(HashSet.class)));

    @ArchTest
    static final ArchRule onlyTheJournalKnowsJGroups = noClasses()
            .that()
            .resideOutsideOfPackage("..coordinator.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jgroups..");

    /**
     * What the library (1.1.4.Final) gets wrong: reads that commit what no majority has, requests to the leader that are never answered and
     * unpack Java objects, its own logs, a failure detector that listens without TLS.
     */
    @ArchTest
    static final ArchRule nobodyUsesWhatTheLibraryGetsWrong = noClasses()
            .that()
            .resideInAPackage("..coordinator.journal..")
            .should()
            .dependOnClassesThat(assignableTo("org.jgroups.raft.RaftHandle")
                    .or(assignableTo("org.jgroups.protocols.raft.REDIRECT"))
                    .or(assignableTo("org.jgroups.protocols.raft.CLIENT"))
                    .or(assignableTo("org.jgroups.protocols.raft.FileBasedLog"))
                    .or(assignableTo("org.jgroups.protocols.raft.InMemoryLog"))
                    .or(assignableTo("org.jgroups.protocols.raft.Leader"))
                    .or(assignableTo("org.jgroups.protocols.raft.Follower"))
                    .or(assignableTo("org.jgroups.protocols.FD_SOCK"))
                    .or(assignableTo("org.jgroups.protocols.FD_SOCK2"))
                    .or(assignableTo("org.jgroups.ObjectMessage")))
            .orShould()
            .callMethodWhere(target(nameMatching("get|getAsync|set|setAsync|sendCommitsImmediately"))
                    .and(target(owner(assignableTo("org.jgroups.raft.Settable")))));

    /** The server is wired in {@code app}. */
    @ArchTest
    static final ArchRule onlyTheServicesKnowGrpc = noClasses()
            .that()
            .resideOutsideOfPackages("..coordinator.grpc..", "..coordinator.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    /**
     * The coordinator runs commands of its own configuration, to ask whether the next node may go, and for nothing else: none that came
     * over the wire, none of a recipe.
     */
    @ArchTest
    static final ArchRule onlyChecksRunCommands = noClasses()
            .that()
            .resideOutsideOfPackage("..coordinator.check..")
            .should()
            .dependOnClassesThat(assignableTo(ProcessBuilder.class).or(assignableTo(Process.class)))
            .orShould()
            .callMethodWhere(target(nameMatching("exec")).and(target(owner(assignableTo(Runtime.class)))));

    @ArchTest
    static final ArchRule onlyChecksGoOut = noClasses()
            .that()
            .resideOutsideOfPackage("..coordinator.check..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    /** A path may pass through {@code port} and {@code grpc} as a value; {@code logs} keeps what steps have printed. */
    @ArchTest
    static final ArchRule onlyTheKeepersOfFilesTouchThem = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..coordinator.artifact..",
                    "..coordinator.journal..",
                    "..coordinator.config..",
                    "..coordinator.security..",
                    "..coordinator.logs..",
                    "..coordinator.check..",
                    "..coordinator.app..")
            .should()
            .dependOnClassesThat(assignableTo(Files.class)
                    .or(resideInAnyPackage("java.nio.channels"))
                    .or(assignableTo(java.io.File.class)));

    @ArchTest
    static final ArchRule layers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy(CORE)
            .layer("codec")
            .definedBy("..coordinator.codec..")
            .layer("port")
            .definedBy("..coordinator.port..")
            .layer("runtime")
            .definedBy("..coordinator.runtime..")
            .layer("adapters")
            .definedBy(
                    "..coordinator.journal..",
                    "..coordinator.grpc..",
                    "..coordinator.artifact..",
                    "..coordinator.security..",
                    "..coordinator.config..",
                    "..coordinator.check..",
                    "..coordinator.logs..")
            .layer("app")
            .definedBy("..coordinator.app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("adapters")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("adapters", "app")
            .whereLayer("port")
            .mayOnlyBeAccessedByLayers("runtime", "adapters", "app")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("port", "runtime", "adapters", "app");

    @ArchTest
    static final ArchRule packagesDependInOneDirection =
            slices().matching("dev.rota.coordinator.(*)..").should().beFreeOfCycles();
}
