package io.cordboard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.kernel.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
  @Test
  void untrustedTextIsBoundedAndCannotForgeALine() {
    AuditEntry entry =
        new AuditEntry(
            "user:1",
            "signed-in",
            "x\n".repeat(300),
            Outcome.REFUSED,
            null,
            Map.of("reason", "a\u0000b\ud800"));
    assertThat(entry.subject()).hasSize(200).doesNotContain("\n");
    assertThat(entry.details()).containsEntry("reason", "a·b·");
  }

  @Test
  void whatHappenedHasAPlainName() {
    assertThatThrownBy(() -> new AuditEntry("u", "Signed In", "s", Outcome.DONE, null, Map.of()))
        .isInstanceOf(Fault.Bug.class);
  }

  @Test
  void moreDetailsThanAnybodyReadsAreAMistake() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 9; i++) {
      many.put("k" + i, "v");
    }
    assertThatThrownBy(() -> new AuditEntry("u", "view", "s", Outcome.DONE, null, many))
        .isInstanceOf(Fault.Bug.class);
  }

  @Test
  void anEntryComesBackFromTheStoreAsItWas() {
    AuditEntry entry =
        new AuditEntry("u", "view", "s", Outcome.FAILED, "call:1", Map.of("b", "2", "a", "1"));
    assertThat(entry.detailList()).containsExactly("a", "1", "b", "2");
    assertThat(AuditEntry.stored("u", "view", "s", "FAILED", "call:1", entry.detailList()))
        .isEqualTo(entry);
  }

  @Test
  void whatWeNeverWriteWasChanged() {
    String longText = "x".repeat(201);
    assertChanged(longText, "view", "s", "DONE", List.of());
    assertChanged("u\n", "view", "s", "DONE", List.of());
    assertChanged("u", "VIEW", "s", "DONE", List.of());
    assertChanged("u", "view", longText, "DONE", List.of());
    assertChanged("u", "view", "s", "done", List.of());
    assertChanged("u", "view", "s", "DONE", List.of("k"));
    assertChanged("u", "view", "s", "DONE", List.of("b", "1", "a", "1"));
    assertChanged("u", "view", "s", "DONE", List.of("a", "1", "a", "2"));
  }

  private static void assertChanged(
      String who, String what, String subject, String outcome, List<String> details) {
    assertThatThrownBy(() -> AuditEntry.stored(who, what, subject, outcome, null, details))
        .isInstanceOf(Fault.Refused.class);
  }
}
