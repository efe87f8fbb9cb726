package io.cordboard.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The arrows inside core. A room knows kernel and spi, and of the other rooms only those that stand here;
 * an arrow that is missing here is a decision to be made (docs/adr), not a line to be added.
 */
class ArchitectureTest {
  private static final String CORE = "io.cordboard.core.";

  /** Which rooms a room may know. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          // recordings are fetched by durable work
          Map.entry("call", Set.of("work")),
          // a desk shows the profile's card
          Map.entry("desk", Set.of("profile")),
          Map.entry("identity", Set.of()),
          Map.entry("profile", Set.of()),
          Map.entry("routing", Set.of()),
          Map.entry("trust", Set.of()),
          Map.entry("work", Set.of()),
          Map.entry("service", Set.of("work", "identity", "profile")),
          Map.entry("sync", Set.of("work", "identity", "profile")),
          Map.entry("insight", Set.of()),
          // the file names lines, trunks and users (docs/adr/0008)
          Map.entry("setup", Set.of("routing", "identity", "trust")),
          Map.entry(
              "journey",
              Set.of("call", "desk", "identity", "profile", "routing", "trust", "work", "service",
                  "sync", "insight")));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cordboard.core");

  @Test
  void theRulesLookAtTheWholeHouse() {
    assertThat(MAIN).as("classes that were imported").hasSizeGreaterThan(150);
    Set<String> rooms =
        MAIN.stream().map(type -> room(type.getPackageName())).collect(Collectors.toCollection(TreeSet::new));
    assertThat(ARROWS.keySet()).as("a room without arrows of its own").containsAll(rooms);
    assertThat(rooms).contains("call", "journey", "trust", "work");
  }

  private static String room(String packageName) {
    return packageName.substring(CORE.length()).split("\\.")[0];
  }

  @TestFactory
  Stream<DynamicTest> aRoomKnowsOnlyItsNeighbours() {
    return ARROWS.keySet().stream()
        .sorted()
        .map(room -> dynamicTest(room, () -> arrows(room).allowEmptyShould(true).check(MAIN)));
  }

  private static ArchRule arrows(String room) {
    List<String> known =
        Stream.concat(
                Stream.of(
                    "java..", "javax.crypto..", "org.jspecify..", "com.google.i18n.phonenumbers..", "com.ibm.icu..",
                    "io.cordboard.kernel..", "io.cordboard.spi..", CORE + room + ".."),
                ARROWS.get(room).stream().map(other -> CORE + other + ".."))
            .toList();
    return classes()
        .that()
        .resideInAPackage(CORE + room + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known.toArray(String[]::new))
        .because(
            "the arrows of the house point down: let 'journey' call both rooms, or pass the value in");
  }

  @Test
  void coreKnowsNoDatabaseNoFrameworkAndNoHttp() {
    noOutside().check(MAIN);
  }

  private static ArchRule noOutside() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "java.net.http..", "org.springframework..", "tools.jackson..",
            "com.fasterxml..", "io.cordboard.store..", "io.cordboard.web..",
            "io.cordboard.adapters..", "io.cordboard.app..")
        .because("core is plain Java: declare a small port, let store or an adapter implement it");
  }

  @Test
  void timeIdsAndRandomnessArePassedIn() {
    noHiddenTime().check(MAIN);
  }

  private static ArchRule noHiddenTime() {
    return noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .because("what happens must happen again on a replay: take Clock and Ids");
  }

  @Test
  void aPlantedViolationBreaksEveryRule() throws ClassNotFoundException {
    JavaClasses planted =
        new ClassFileImporter()
            .importClasses(Class.forName(CORE + "routing.planted.RoutingThatSeesTooMuch"));
    for (ArchRule rule : List.of(arrows("routing"), noOutside(), noHiddenTime())) {
      assertThat(rule.evaluate(planted).hasViolation()).as(rule.getDescription()).isTrue();
    }
  }
}
