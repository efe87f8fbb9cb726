package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.SwitchCommand;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Another Cordboard took the ledger over, or the database breaks in the middle of a commit. */
class LedgerStopsTest {
  private final Floor floor = new Floor();

  @Test
  void aWriterWhoseFlushIsFencedOrdersNothingAndSaysSo() {
    floor.link().ready(ANN);
    floor.store.takenOver = true;
    floor.pbx.forgetCommands();
    floor.expectsBugs = true;
    floor.arrives(PLAIN);
    assertThat(floor.pbx.commands()).isEmpty();
    assertThat(floor.ledger.trouble()).contains("another writer");
    assertThat(floor.bugs).isNotEmpty();
  }

  @Test
  void whatIsAskedOfAStoppedLedgerIsRefusedAtOnce() {
    floor.link().ready(ANN);
    floor.store.takenOver = true;
    floor.expectsBugs = true;
    CompletionStage<Void> first = floor.desk.command(ANN, "c-1", new DeskCommand.NotReady("lunch"));
    floor.ledger.step();
    CompletionStage<Void> second = floor.desk.command(ANN, "c-1", new DeskCommand.Ready());
    for (CompletionStage<Void> asked : java.util.List.of(first, second)) {
      assertThatThrownBy(() -> asked.toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(Fault.Refused.class);
    }
  }

  @Test
  void aCommitOfUnknownOutcomeIsLookedUpBeforeItIsRepeated() {
    floor.link().ready(ANN);
    floor.store.breakAfterCommit(true);
    floor.arrives(PLAIN);
    assertThat(floor.ledger.trouble()).isNull();
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).hasSize(1);
    assertThat(floor.store.journal).doesNotHaveDuplicates();
  }
}
