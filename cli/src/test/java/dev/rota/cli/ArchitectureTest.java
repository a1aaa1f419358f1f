package dev.rota.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.rota.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Anything new here must be argued for: a view that reads a clock or a file cannot be proven by golden files. */
    @ArchTest
    static final ArchRule viewsArePure = classes()
            .that()
            .resideInAPackage("dev.rota.cli.view..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.rota.cli.view..",
                    "dev.rota.wire.operator.v1",
                    "com.google.protobuf",
                    "com.google.protobuf.util",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify.annotations"));

    @ArchTest
    static final ArchRule viewsReadNoClock = noClasses()
            .that()
            .resideInAPackage("dev.rota.cli.view..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule onlyTheClientUsesGrpc = noClasses()
            .that(not(resideInAPackage("dev.rota.cli.client..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule layers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("app")
            .definedBy("dev.rota.cli.app")
            .layer("command")
            .definedBy("dev.rota.cli.command..")
            .layer("view")
            .definedBy("dev.rota.cli.view..")
            .layer("client")
            .definedBy("dev.rota.cli.client")
            .layer("exit")
            .definedBy("dev.rota.cli.exit")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("command", "app");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.rota.cli.(**)").should().beFreeOfCycles();
}
