package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.LedgerStore;
import io.cordboard.core.call.LedgerStore.Doubled;
import io.cordboard.core.call.LedgerStore.Entry;
import io.cordboard.core.call.LedgerStore.Recovered;
import io.cordboard.core.call.LedgerStore.Taken;
import io.cordboard.core.call.OfferState;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.Seeded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcLedgerStoreTest {
  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final List<JdbcLedgerStore> open = new ArrayList<>();
  private final JdbcLedgerStore store = store(0);

  private JdbcLedgerStore store(int shard) {
    JdbcLedgerStore made =
        new JdbcLedgerStore(database, shard, new Ids(new HandClock(), new Random(open.size())));
    open.add(made);
    return made;
  }

  @AfterEach
  void close() {
    open.forEach(JdbcLedgerStore::close);
  }

  @Test
  void anEmptyLedgerStartsAtZero() {
    Recovered before = store.takeOver();
    assertThat(before.position()).isZero();
    assertThat(before.entries()).isEmpty();
    assertThat(before.agents()).isEmpty();
  }

  @Test
  void whatWasFlushedIsThereAfterATakeOver() {
    store.takeOver();
    store.flush(
        Flushes.after(0)
            .entry(call(1), AT, 11)
            .entry(call(1), AT + 1, 12)
            .agent(agent(1), AgentState.OFFERED)
            .offer(call(1), 1, agent(1), OfferState.MADE, true)
            .flush());
    Recovered before = store(0).takeOver();
    assertThat(before.position()).isEqualTo(2);
    assertThat(before.entries()).extracting(Entry::n).containsExactly(1L, 2L);
    assertThat(before.entries()).extracting(Entry::hash).containsExactly(11L, 12L);
    assertThat(new String(before.entries().getLast().body())).isEqualTo("event 2");
    assertThat(before.agents()).extracting(a -> a.state()).containsExactly(AgentState.OFFERED);
  }

  @Test
  void aRebuildReadsInOrderOfNumbersFromTheOldestLiveCallOn() {
    Seeded.forAll(
        5,
        random -> {
          Database fresh = PostgresForTests.migrated();
          try (JdbcLedgerStore one =
              new JdbcLedgerStore(fresh, 0, new Ids(new HandClock(), random))) {
            one.takeOver();
            List<Long> times = new ArrayList<>();
            for (long n = 0; n < 300; ) {
              Flushes flush = Flushes.after(n).firstLive(101).oldestLive(AT);
              for (int left = random.between(0, 20); left > 0; left--) {
                times.add(AT + random.between(0, 1000));
                flush.entry(call(random.between(1, 9)), times.getLast(), times.size());
              }
              n = flush.flush().to();
              one.flush(flush.flush());
            }
            List<Entry> read = one.takeOver().entries();
            assertThat(read).isSortedAccordingTo(Comparator.comparingLong(Entry::n));
            assertThat(read.getFirst().n()).isEqualTo(101);
            assertThat(read).hasSize(times.size() - 100);
          }
        });
  }

  @Test
  void aFlushWritesAllOrNothingHoweverOftenItsTextRan() {
    rows.execute("alter table task add constraint no_bad check (reason <> 'bad')");
    store.takeOver();
    long position = 0;
    for (int i = 1; i <= 20; i++) {
      Flushes flush = full(position, i);
      if (i % 2 == 0) {
        flush.task(new LedgerStore.TaskChange.Missed(call(i), null, "+1", "care", AT, "bad"));
        assertThatThrownBy(() -> store.flush(flush.flush())).isInstanceOf(Fault.Bug.class);
      } else {
        store.flush(flush.flush());
        position = flush.flush().to();
      }
    }
    for (String table : List.of("journal", "call_record", "segment", "recording", "offer", "task")) {
      assertThat(rows.count(table)).as(table).isEqualTo(10);
    }
    assertThat(store.position()).isEqualTo(10);
  }

  private static Flushes full(long position, int i) {
    return Flushes.after(position)
        .entry(call(i), AT + i, i)
        .agent(agent(i), AgentState.WRAP_UP)
        .offer(call(i), 1, agent(i), OfferState.ACCEPTED, false)
        .call(call(i), customer(1), "+8613800138000", "ANSWERED")
        .segment(call(i), 1, agent(i), "solved")
        .recording(call(i), "r" + i, "ON_SWITCH")
        .missed(call(i), null, "+86138001380" + i, AT);
  }

  @Test
  void aSecondWriterFencesTheFirst() {
    store.takeOver();
    store.flush(Flushes.after(0).entry(call(1), AT, 1).flush());
    JdbcLedgerStore second = store(0);
    assertThat(second.takeOver().position()).isEqualTo(1);
    assertThatThrownBy(() -> store.flush(Flushes.after(1).entry(call(1), AT, 2).flush()))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("Another Cordboard");
    assertThatThrownBy(store::position).isInstanceOf(Fault.Refused.class);
    second.flush(Flushes.after(1).entry(call(1), AT, 3).flush());
    assertThat(rows.all("select h from journal order by n")).containsExactly("1", "3");
  }

  @Test
  void shardsDoNotDisturbEachOther() {
    JdbcLedgerStore other = store(1);
    store.takeOver();
    other.takeOver();
    store.flush(Flushes.after(0).entry(call(1), AT, 1).flush());
    other.flush(Flushes.after(0).entry(call(2), AT, 2).flush());
    assertThat(rows.count("journal")).isEqualTo(2);
  }

  @Test
  void aFlushFromAnotherPositionIsRefused() {
    store.takeOver();
    store.flush(Flushes.after(0).entry(call(1), AT, 1).flush());
    assertThatThrownBy(() -> store.flush(Flushes.after(0).entry(call(1), AT, 2).flush()))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("stands at entry 1, not at 0");
    store.flush(Flushes.after(1).entry(call(1), AT, 2).flush());
  }

  @Test
  void aDoubledEntryIsNamedAndNothingIsWritten() {
    store.takeOver();
    store.flush(Flushes.after(0).entry(call(1), AT, 7).flush());
    LedgerStore.Flush again =
        Flushes.after(1)
            .entry(call(2), AT + 5, 8)
            .entry(call(1), AT, 7)
            .entry(call(2), AT + 5, 8)
            .agent(agent(1), AgentState.READY)
            .flush();
    assertThatThrownBy(() -> store.flush(again))
        .isInstanceOfSatisfying(
            Doubled.class,
            doubled -> {
              assertThat(doubled.twins()).extracting(d -> d.sent().n()).containsExactly(3L, 4L);
              assertThat(doubled.twins()).extracting(d -> d.stored().n()).containsExactly(1L, 2L);
            });
    assertThat(rows.count("journal")).isEqualTo(1);
    assertThat(rows.count("agent_state")).isZero();
    store.flush(Flushes.after(1).entry(call(2), AT + 5, 8).flush());
    assertThat(store.position()).isEqualTo(2);
  }

  @Test
  void twentyOffersForOneAgentFromTwentyWritersLeaveOneOpen() {
    List<CompletableFuture<Boolean>> made = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int shard = i;
      JdbcLedgerStore writer = store(shard);
      made.add(CompletableFuture.supplyAsync(() -> offers(writer, shard)));
    }
    assertThat(made.stream().filter(CompletableFuture::join)).hasSize(1);
    assertThat(rows.count("offer where holds")).isEqualTo(1);
    assertThat(rows.count("offer")).isEqualTo(1);
  }

  private static boolean offers(JdbcLedgerStore writer, int number) {
    writer.takeOver();
    LedgerStore.OfferRow offer;
    LedgerStore.Flush flush =
        Flushes.after(0)
            .entry(call(number), AT, number)
            .offer(call(number), 1, agent(1), OfferState.MADE, true)
            .flush();
    offer = flush.offers().getFirst();
    try {
      writer.flush(flush);
      return true;
    } catch (Taken taken) {
      assertThat(taken.offers()).containsExactly(offer);
      return false;
    }
  }

  @Test
  void anAgentIsLetGoAndOfferedAgainInOneFlush() {
    store.takeOver();
    store.flush(Flushes.after(0).offer(call(1), 1, agent(1), OfferState.MADE, true).flush());
    store.flush(
        Flushes.after(0)
            .offer(call(1), 2, agent(1), OfferState.MADE, true)
            .offer(call(1), 1, agent(1), OfferState.NO_ANSWER, false)
            .flush());
    assertThat(rows.all("select n, state, holds from offer order by n"))
        .containsExactly("1|NO_ANSWER|f", "2|MADE|t");
  }

  @Test
  void theLatestOfSeveralRowsOfOneThingCounts() {
    store.takeOver();
    store.flush(
        Flushes.after(0)
            .agent(agent(1), AgentState.OFFERED)
            .agent(agent(1), AgentState.TALKING)
            .offer(call(1), 1, agent(1), OfferState.MADE, true)
            .offer(call(1), 1, agent(1), OfferState.ACCEPTED, true)
            .call(call(1), null, "+861", "MISSED")
            .call(call(1), customer(1), "+861", "ANSWERED")
            .segment(call(1), 1, agent(1), "a")
            .segment(call(1), 1, agent(1), "b")
            .recording(call(1), "r", "WRITING")
            .recording(call(1), "r", "ON_SWITCH")
            .flush());
    store.flush(Flushes.after(0).call(call(1), customer(2), "+861", "ANSWERED").flush());
    assertThat(rows.one("select state from agent_state")).isEqualTo("TALKING");
    assertThat(rows.one("select state from offer")).isEqualTo("ACCEPTED");
    assertThat(rows.one("select customer_id from call_record")).isEqualTo(customer(2).toString());
    assertThat(rows.one("select disposition from segment")).isEqualTo("b");
    assertThat(rows.one("select state from recording")).isEqualTo("ON_SWITCH");
  }

  @Test
  void theLedgerNeverOverwritesWhatTheFetcherFoundOut() {
    store.takeOver();
    store.flush(Flushes.after(0).recording(call(1), "r", "ON_SWITCH").flush());
    rows.execute("update recording set state = 'STORED', sha256 = '\\x01', path = 'p', bytes = 5");
    store.flush(Flushes.after(0).recording(call(1), "r", "PARTIAL").flush());
    assertThat(rows.one("select state, path, bytes, ended_at from recording"))
        .isEqualTo("STORED|p|5|" + (AT + 9));
  }

  @Test
  void textThatNoDatabaseTakesDoesNotStopTheLedger() {
    store.takeOver();
    String wild = "\0\ud800" + "9".repeat(5000);
    store.flush(Flushes.after(0).call(call(1), null, wild, "MISSED").missed(call(1), null, wild, AT)
        .flush());
    assertThat(rows.one("select length(number) from call_record")).isEqualTo("500");
  }

  @Test
  void anIdleFlushMovesNothingButTheOldestLiveCall() {
    store.takeOver();
    store.flush(Flushes.after(0).oldestLive(AT + 7).flush());
    assertThat(rows.one("select n, oldest_live from writer_pos")).isEqualTo("0|" + (AT + 7));
  }
}
