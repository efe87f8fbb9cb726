package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord.Outside;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartiesTextTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    List<Outside> all =
        List.of(
            new Outside(1, "+861065550000", 10, 20, 30, "ANSWERED"),
            new Outside(2, "110", 40, 0, 50, "WRONG_NUMBER"),
            new Outside(2, "+861065550001", 60, 0, 0, ""));
    assertThat(PartiesText.read(PartiesText.of(all))).isEqualTo(all);
  }

  @Test
  void nobodyIsNoText() {
    assertThat(PartiesText.of(List.of())).isNull();
    assertThat(PartiesText.read(null)).isEmpty();
  }
}
