package dev.rota.agent;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;

/** THINK TWICE BEFORE CHANGING THIS FILE: anything new that the core may use, or that may start processes, must be argued for here. */
@AnalyzeClasses(packages = "dev.rota.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_STATE_MACHINE_IS_PURE = classes()
            .that()
            .resideInAPackage("..agent.step..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.rota.agent.step..",
                    "dev.rota.contract",
                    "java.lang",
                    "java.lang.runtime",
                    "java.lang.invoke",
                    "java.util",
                    "java.util.function",
                    "java.time",
                    "org.jspecify.annotations"));

    @ArchTest
    static final ArchRule THE_STATE_MACHINE_HAS_NO_CLOCK_CHANCE_OR_THREAD = noClasses()
            .that()
            .resideInAPackage("..agent.step..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Process.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(HashMap.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(HashSet.class);

    @ArchTest
    static final ArchRule ONLY_EXEC_STARTS_PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage("..agent.exec..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule ONLY_LINK_SPEAKS_GRPC = noClasses()
            .that()
            .resideOutsideOfPackage("..agent.link..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule FILES_ARE_TOUCHED_WHERE_THEY_BELONG = noClasses()
            .that(not(resideInAnyPackage(
                    "..agent.file..",
                    "..agent.exec..",
                    "..agent.action..",
                    "..agent.job..",
                    "..agent.config..",
                    "..agent.app..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.file..");

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("app")
            .definedBy("..agent.app..")
            .layer("link")
            .definedBy("..agent.link..")
            .layer("config")
            .definedBy("..agent.config..")
            .layer("job")
            .definedBy("..agent.job..")
            .layer("action")
            .definedBy("..agent.action..")
            .layer("exec")
            .definedBy("..agent.exec..")
            .layer("file")
            .definedBy("..agent.file..")
            .layer("step")
            .definedBy("..agent.step..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("app", "link")
            .whereLayer("action")
            .mayOnlyBeAccessedByLayers("app", "link", "job")
            .whereLayer("exec")
            .mayOnlyBeAccessedByLayers("app", "config", "job", "action")
            .whereLayer("step")
            .mayOnlyBeAccessedByLayers("link", "job", "action");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.rota.agent.(*)..").should().beFreeOfCycles();
}
