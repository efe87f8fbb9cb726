package io.cordboard.adapters.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.telephony.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page for writers of adapters says what the code says. */
class AdapterGuideTest {
  private static final Path GUIDE = Path.of("../../docs/add-a-switch-adapter.md");
  private static final Path EXAMPLE =
      Path.of("src/test/java/io/cordboard/adapters/demo/DemoSwitchContractTest.java");

  @Test
  void itsExampleIsCompiled() throws IOException {
    String guide = Files.readString(GUIDE);
    int begin = guide.indexOf("```java\n") + "```java\n".length();
    String example = guide.substring(begin, guide.indexOf("```", begin));
    assertThat(Files.readString(EXAMPLE)).endsWith(example);
  }

  @Test
  void itNamesEveryCapability() throws IOException {
    String guide = Files.readString(GUIDE);
    for (Capability capability : Capability.values()) {
      assertThat(guide)
          .contains("| `%s` | `%s` |".formatted(capability, capability.type().getSimpleName()));
    }
  }
}
