package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallArchive.Corrected;
import io.cordboard.core.call.CallArchive.PastCall;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.core.call.LedgerFact.Answer;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class JdbcCallArchiveTest {
  private static final Said SOLVED = new Said("solved", List.of());
  private static final long MINUTE = 60_000_000;
  private static final Said OTHER = new Said("other", List.of());

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcCallArchive archive = new JdbcCallArchive(pool);

  @BeforeEach
  void calls() {
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)))) {
      ledger.takeOver();
      ledger.flush(
          Flushes.after(0)
              .call(Flushes.record(Flushes.call(1), customer(1), "+447700900001", "ANSWERED", AT))
              .segment(Flushes.call(1), 1, agent(1), "solved")
              .flush());
    }
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aCallIsReadAsTheLedgerWroteIt() {
    PastCall past = archive.find(Flushes.call(1)).orElseThrow();
    assertThat(past.call())
        .isEqualTo(Flushes.record(Flushes.call(1), customer(1), "+447700900001", "ANSWERED", AT));
    assertThat(past.direction()).isEqualTo("in");
    assertThat(past.segments()).extracting(one -> one.agent()).containsExactly(agent(1));
    assertThat(past.segments().getFirst().why())
        .containsExactly("line-priority=2", "overtook=1", "longest-idle");
    assertThat(archive.find(Flushes.call(9))).isEmpty();
  }

  private Optional<Said> corrects(int agent, @Nullable Said expected, Said now, long at) {
    return archive.correct(Flushes.call(1), agent(agent), expected, now, at);
  }

  @Test
  void whatAnAgentSaidOfATalkIsChangedInPartAndWhole() {
    Said sold = new Said("sold", List.of(new Answer("price", "1=1"), new Answer("why", "价格")));
    assertThat(corrects(1, SOLVED, sold, AT + 1)).contains(SOLVED);
    PastCall past = archive.find(Flushes.call(1)).orElseThrow();
    assertThat(past.call().disposition()).isEqualTo("sold");
    assertThat(past.segments()).extracting(one -> one.disposition()).containsExactly("sold");
    assertThat(past.segments().getFirst().answers()).isEqualTo(sold.answers());
    assertThat(corrects(2, sold, OTHER, AT + 2)).isEmpty();
    assertThat(archive.correct(Flushes.call(9), agent(1), sold, OTHER, AT + 2)).isEmpty();
    assertThat(archive.find(Flushes.call(1))).contains(past);
    assertThat(corrects(1, sold, OTHER, AT + 3)).contains(sold);
  }

  @Test
  void whatStoodInARecordIsKeptWithTheNotes() {
    JdbcNotes notes = new JdbcNotes(pool, new HandClock());
    notes.save(Flushes.call(1), agent(1), "first", 0);
    Said sold = new Said("sold", List.of(new Answer("price", "12")));
    Said rewritten = new Said("sold", sold.answers(), "second");
    corrects(1, SOLVED, rewritten, AT + 1);
    corrects(1, sold, rewritten, AT + 2);
    corrects(1, sold, new Said("other", List.of(), "second"), AT + 9 * MINUTE);
    assertThat(archive.find(Flushes.call(1)).orElseThrow().corrections())
        .as("a correction that changes nothing leaves no trace")
        .extracting(
            Corrected::at, one -> one.before().disposition(), one -> one.before().answers(),
            one -> one.before().notes())
        .containsExactly(
            tuple(AT + 1, "solved", List.of(), "first"),
            tuple(AT + 9 * MINUTE, "sold", sold.answers(), null));
    assertThat(notes.find(Flushes.call(1), agent(1)))
        .hasValueSatisfying(note -> assertThat(note.text()).isEqualTo("second"));
  }

  @Test
  void aNoteThatNobodyHadWrittenIsAddedLater() {
    assertThat(corrects(1, SOLVED, new Said("sold", List.of(), "late"), AT + 1))
        .hasValueSatisfying(before -> assertThat(before.notes()).isEmpty());
  }

  @Test
  void whatIsSavedAsItIsTypedIsOneCorrection() {
    new JdbcNotes(pool, new HandClock()).save(Flushes.call(1), agent(1), "first", 0);
    Said typed = new Said("sold", List.of(new Answer("price", "1")));
    corrects(1, null, typed, AT + 1);
    corrects(1, null, new Said("sold", List.of(new Answer("price", "12"))), AT + 2);
    corrects(1, null, new Said("sold", List.of(new Answer("price", "12")), "second"), AT + MINUTE);
    assertThat(archive.find(Flushes.call(1)).orElseThrow().corrections())
        .extracting(Corrected::at, one -> one.before().disposition(), one -> one.before().notes())
        .containsExactly(tuple(AT + 1, "solved", "first"));
  }

  @Test
  void whoeverReadItBeforeAnothersCorrectionIsToldAndChangesNothing() {
    corrects(1, SOLVED, OTHER, AT + 1);
    Said late = new Said("sold", List.of(), "late");
    assertThatThrownBy(() -> corrects(1, SOLVED, late, AT + 2))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("meanwhile");
    assertThat(archive.find(Flushes.call(1)).orElseThrow().corrections()).hasSize(1);
    assertThat(new JdbcNotes(pool, new HandClock()).find(Flushes.call(1), agent(1))).isEmpty();
  }

  @Test
  void whoOnlyGaveAdviceCorrectsNothing() {
    rows.execute("update segment set outcome = 'CONSULTED'");
    assertThat(archive.find(Flushes.call(1)).orElseThrow().lastTalk(agent(1))).isEmpty();
    rows.execute("update call_record set agent_id = null");
    assertThat(corrects(1, SOLVED, OTHER, AT + 1)).isEmpty();
  }

  @Test
  void aRecordIsNotCorrectedWithoutEnd() {
    Said now = SOLVED;
    for (int i = 0; i < CallArchive.MOST_CORRECTIONS; i++) {
      Said next = now.equals(OTHER) ? SOLVED : OTHER;
      corrects(1, now, next, AT + i * 6 * MINUTE);
      now = next;
    }
    assertThatThrownBy(() -> corrects(1, SOLVED, OTHER, AT + 999 * MINUTE))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("20 times");
  }
}
