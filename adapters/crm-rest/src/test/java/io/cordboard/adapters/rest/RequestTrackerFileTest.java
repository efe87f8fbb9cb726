package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTrackerFileTest {
  static String file() throws IOException {
    return java.nio.file.Files.readString(Path.of("../../crm/request-tracker.yaml"));
  }

  @Test
  void theShippedFileHasNoMistakesAndSaysWhatItCan() throws IOException {
    assertThat(Files.mistakes(file())).isEmpty();
    try (var crm = Files.open(file(), Map.of("address", "http://127.0.0.1:1", "token", "secret"), new HandClock())) {
      assertThat(crm.can(RecordKind.CUSTOMER, Ability.FIND_BY_NUMBER)).isTrue();
      assertThat(crm.can(RecordKind.CUSTOMER, Ability.CHANGES)).isFalse();
      assertThat(crm.can(RecordKind.TICKET, Ability.CHANGES)).isTrue();
      assertThat(crm.can(RecordKind.INTERACTION, Ability.WRITE)).isTrue();
    }
  }
}
