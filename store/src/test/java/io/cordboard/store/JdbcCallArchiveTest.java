package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.CallArchive.Corrected;
import io.cordboard.core.call.CallArchive.PastCall;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.core.call.LedgerFact.Answer;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcCallArchiveTest {
  private final Database database = PostgresForTests.migrated();
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

  @Test
  void whatAnAgentSaidOfATalkIsChangedInPartAndWhole() {
    Said sold = new Said("sold", List.of(new Answer("price", "1=1"), new Answer("why", "价格")));
    Said other = new Said("other", List.of());
    assertThat(archive.correct(Flushes.call(1), agent(1), sold, AT + 1)).hasValueSatisfying(
        said -> assertThat(said.disposition()).isEqualTo("solved"));
    PastCall past = archive.find(Flushes.call(1)).orElseThrow();
    assertThat(past.call().disposition()).isEqualTo("sold");
    assertThat(past.segments()).extracting(one -> one.disposition()).containsExactly("sold");
    assertThat(past.segments().getFirst().answers()).isEqualTo(sold.answers());
    assertThat(archive.correct(Flushes.call(1), agent(2), other, AT + 2)).isEmpty();
    assertThat(archive.correct(Flushes.call(9), agent(1), other, AT + 2)).isEmpty();
    assertThat(archive.find(Flushes.call(1))).contains(past);
    assertThat(archive.correct(Flushes.call(1), agent(1), other, AT + 3)).contains(sold);
  }

  @Test
  void whatStoodInARecordIsKeptWithTheNotes() {
    JdbcNotes notes = new JdbcNotes(pool, new HandClock());
    notes.save(Flushes.call(1), agent(1), "first", 0);
    List<Answer> price = List.of(new Answer("price", "12"));
    archive.correct(Flushes.call(1), agent(1), new Said("sold", price, "second"), AT + 1);
    archive.correct(Flushes.call(1), agent(1), new Said("sold", price, "second"), AT + 2);
    archive.correct(Flushes.call(1), agent(1), new Said("other", List.of()), AT + 3);
    assertThat(archive.find(Flushes.call(1)).orElseThrow().corrections())
        .as("a correction that changes nothing leaves no trace")
        .extracting(Corrected::at, one -> one.before().disposition(), one -> one.before().answers(),
            one -> one.before().notes())
        .containsExactly(
            tuple(AT + 1, "solved", List.of(), "first"), tuple(AT + 3, "sold", price, null));
    assertThat(notes.find(Flushes.call(1), agent(1)))
        .hasValueSatisfying(note -> assertThat(note.text()).isEqualTo("second"));
  }

  @Test
  void aNoteThatNobodyHadWrittenIsAddedLater() {
    assertThat(archive.correct(Flushes.call(1), agent(1), new Said("sold", List.of(), "late"), AT + 1))
        .hasValueSatisfying(before -> assertThat(before.notes()).isEmpty());
  }
}
