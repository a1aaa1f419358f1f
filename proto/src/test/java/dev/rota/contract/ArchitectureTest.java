package dev.rota.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;

/** Both sides rely on the contract being values and pure functions: anything new it depends on must be argued for here. */
@AnalyzeClasses(packages = "dev.rota.contract", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> FILE_READERS = Set.of("RecipeLoader", "Recipes");
    private static final Set<String> AMBIENT = Set.of(
            "currentTimeMillis",
            "nanoTime",
            "getenv",
            "getProperty",
            "exit",
            "now",
            "randomUUID",
            "systemDefaultZone",
            "systemUTC");

    @ArchTest
    static final ArchRule CONTRACT_DEPENDS_ON_JAVA_ONLY = ArchRuleDefinition.classes()
            .that()
            .resideInAPackage("dev.rota.contract")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rota.contract..",
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "java.io",
                    "java.nio..",
                    "java.security",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule ONLY_THE_READER_KNOWS_THE_YAML_LIBRARY = ArchRuleDefinition.classes()
            .that()
            .resideInAPackage("dev.rota.contract.yaml")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rota.contract.yaml",
                    "java.lang..",
                    "java.util..",
                    "java.time",
                    "org.snakeyaml.engine..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule ONLY_THE_LOADERS_READ_FILES = noClasses()
            .that(DescribedPredicate.describe(
                    "are not loaders", (JavaClass c) -> !FILE_READERS.contains(c.getSimpleName())))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.io");

    @ArchTest
    static final ArchRule NO_CLOCK_AND_NO_ENVIRONMENT = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "it reads the clock, chance or the environment",
                    (JavaMethodCall call) -> AMBIENT.contains(call.getName())
                            && call.getTargetOwner().getPackageName().startsWith("java.")));

    @ArchTest
    static final ArchRule NO_THREADS_NO_CHANCE_NO_PROCESSES = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "run, wait or roll dice",
                    (JavaClass c) -> List.of(
                                    "java.lang.Thread",
                                    "java.lang.Process",
                                    "java.lang.ProcessBuilder",
                                    "java.lang.Runtime",
                                    "java.util.Random",
                                    "java.util.Timer",
                                    "java.util.random.RandomGenerator")
                            .stream()
                            .anyMatch(c::isAssignableTo)))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..");
}
