package io.cordboard.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between modules, seen from the only one that sees all. */
class ModuleArrowsTest {
  private static final String HOUSE = "io.cordboard.";

  /** Which modules a module may know. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "kernel", Set.of(),
          "spi", Set.of("kernel"),
          "adapterkit", Set.of("kernel"),
          "adapters", Set.of("kernel", "spi", "adapterkit"),
          "core", Set.of("kernel", "spi"),
          // records that are compared with another system's have the fields that its adapter knows
          "store", Set.of("kernel", "spi", "core"),
          "web", Set.of("kernel", "spi", "core"));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("io.cordboard");

  @Test
  void everyModuleIsLookedAt() {
    Set<String> modules =
        MAIN.stream()
            .map(type -> type.getPackageName().substring(HOUSE.length()).split("\\.")[0])
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(modules).containsAll(ARROWS.keySet()).contains("app");
    modules.remove("app");
    assertThat(ARROWS.keySet()).as("a module without arrows of its own").containsAll(modules);
  }

  @TestFactory
  Stream<DynamicTest> aModuleKnowsOnlyThoseBelowIt() {
    return ARROWS.keySet().stream()
        .sorted()
        .map(module -> dynamicTest(module, () -> arrows(module).check(MAIN)));
  }

  private static ArchRule arrows(String module) {
    String[] forbidden =
        Stream.concat(ARROWS.keySet().stream(), Stream.of("app"))
            .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
            .map(other -> HOUSE + other + "..")
            .toArray(String[]::new);
    return com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(HOUSE + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because("app sees all, web and store see core, an adapter sees its spi and adapter-kit");
  }

  @Test
  void adaptersNeverKnowEachOther() {
    slices()
        .matching("io.cordboard.adapters.(*)..")
        .should()
        .notDependOnEachOther()
        .check(MAIN);
  }

  @Test
  void sqlIsWrittenInTheStoreOnly() {
    classes()
        .that()
        .resideInAPackage("java.sql..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage("io.cordboard.store..", "io.cordboard.app..")
        .allowEmptyShould(true)
        .check(MAIN);
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages("io.cordboard.store..", "io.cordboard.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(MAIN);
  }

  @Test
  void aPlantedViolationIsFound() {
    JavaClasses app = new ClassFileImporter().importClasses(Main.class, ModuleArrowsTest.class);
    ArchRule rule =
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.cordboard.app..");
    assertThat(rule.evaluate(app).hasViolation()).isTrue();
  }
}
