package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * The interface as others have built upon it: {@code interface.txt}. What stands there stays; what is
 * new is written there with the change that brings it.
 */
class InterfaceTest {
  private static final String FILE = "interface.txt";

  /** What programs were told that they may rely on: not written anew with a change, as the other one is. */
  private static final String RELIED_UPON = "interface-relied-upon.txt";
  private static TestServer server;
  private static JsonNode document;
  private static List<String> today;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    document = server.anybody().get("/api/openapi.json").json();
    today = InterfaceLines.of(document);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theDocumentIsOfTheVersionThatItsReadersAreTold() {
    assertThat(document.get("openapi").asString()).startsWith("3.1.");
  }

  /** Of two kinds of things with one name the document would tell of one, and answers would be otherwise. */
  @Test
  void whatIsTakenAndAnsweredHasANameOfItsOwn() {
    Map<String, Set<Class<?>>> named = new TreeMap<>();
    server.parts(RequestMappingInfoHandlerMapping.class).stream()
        .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
        .map(HandlerMethod::getMethod)
        .filter(method -> method.getDeclaringClass().getName().startsWith("io.cordboard.web.api."))
        .flatMap(method -> Stream.concat(Stream.of(method.getGenericReturnType()), bodies(method)))
        .forEach(type -> name(type, named));
    assertThat(named).hasSizeGreaterThan(100).containsKey("OwnCall");
    assertThat(named.values()).allSatisfy(classes -> assertThat(classes).hasSize(1));
  }

  private static Stream<Type> bodies(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(one -> one.isAnnotationPresent(RequestBody.class))
        .map(Parameter::getParameterizedType);
  }

  private static void name(Type type, Map<String, Set<Class<?>>> named) {
    if (type instanceof ParameterizedType of) {
      name(of.getRawType(), named);
      Arrays.stream(of.getActualTypeArguments()).forEach(part -> name(part, named));
    } else if (type instanceof Class<?> one
        && one.isRecord()
        && named.computeIfAbsent(one.getSimpleName(), name -> new LinkedHashSet<>()).add(one)) {
      Arrays.stream(one.getRecordComponents())
          .map(RecordComponent::getGenericType)
          .forEach(part -> name(part, named));
    }
  }

  @Test
  void nothingThatIsReliedUponIsTakenAway() throws IOException {
    assertThat(InterfaceBreaks.between(read(RELIED_UPON), today))
        .as("this breaks somebody's program; add beside it instead. The file is replaced by a release alone")
        .isEmpty();
  }

  @Test
  void whatIsNewIsWrittenDown() throws IOException {
    String out = System.getProperty("cordboard.interface.out");
    if (out != null) {
      Files.write(Path.of(out), today);
    }
    assertThat(today)
        .as(
            "write it anew and read the difference: -Dcordboard.interface.out="
                + "src/test/resources/io/cordboard/web/" + FILE)
        .isEqualTo(told());
  }

  private static List<String> told() throws IOException {
    return read(FILE);
  }

  private static List<String> read(String file) throws IOException {
    try (InputStream in = InterfaceTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
