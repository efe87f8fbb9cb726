package io.cordboard.store.recording;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.Alarm.Code;
import io.cordboard.core.call.recording.RecordingAlarms.Alarmed;
import io.cordboard.core.call.recording.RecordingAlarms.Settlement;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.Flushes;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcRecordingAlarmsTest {
  private static final Alarm SILENT =
      new Alarm(List.of(Code.SAYS_SILENT.finding(), Code.TALK_MISSING.finding(5000L)));
  private static final Alarm CHANGED = Alarm.of(Code.FILE_CHANGED.finding());

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcRecordingStore store = new JdbcRecordingStore(pool);
  private final JdbcRecordingAlarms alarms = new JdbcRecordingAlarms(pool);

  @BeforeEach
  void calls() {
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)))) {
      ledger.takeOver();
      Flushes calls = Flushes.after(0);
      for (int i = 1; i <= 3; i++) {
        calls
            .call(Flushes.record(Flushes.call(i), customer(1), "+447700900001", "ANSWERED", AT))
            .segment(Flushes.call(i), 1, agent(i), "solved")
            .recording(Flushes.call(i), "r-" + i, "ON_SWITCH");
      }
      ledger.flush(calls.flush());
    }
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void openAlarmsAreListedNewestFirstInPagesWithTheCallTheyComeFrom() {
    store.alarm("r-1", SILENT, AT + 1);
    store.alarm("r-3", CHANGED, AT + 2);
    store.alarm("r-2", CHANGED, AT + 2);
    List<Alarmed> first = alarms.open(null, 2);
    assertThat(first).extracting(one -> one.recording().name()).containsExactly("r-3", "r-2");
    Alarmed last = alarms.open(first.getLast().position(), 2).getFirst();
    assertThat(last.alarm()).isEqualTo(SILENT);
    assertThat(last.recording().alarm()).isEqualTo(SILENT);
    assertThat(last.recording().agent()).isEqualTo(agent(1));
    assertThat(last.line()).isEqualTo("4008001234");
    assertThat(last.queue()).isEqualTo("care");
    assertThat(last.settlement()).isNull();
    assertThat(alarms.open(last.position(), 2)).isEmpty();
  }

  @Test
  void aSettledAlarmIsOffTheRecordingAndKeptWithWhoAndHow() {
    store.alarm("r-1", SILENT, AT + 1);
    Settlement how = new Settlement("user:boss", "Headset replaced 😀", AT + 9);
    alarms.settle("r-1", AT + 1, how);
    assertThat(store.byName("r-1").orElseThrow().alarm()).isNull();
    assertThat(store.counts().alarms()).isZero();
    assertThat(alarms.open(null, 9)).isEmpty();
    Alarmed kept = alarms.settled(null, 9).getFirst();
    assertThat(kept.alarm()).isEqualTo(SILENT);
    assertThat(kept.raisedAt()).isEqualTo(AT + 1);
    assertThat(kept.settlement()).isEqualTo(how);
    assertThat(alarms.settled(kept.position(), 9)).isEmpty();
  }

  @Test
  void aSettledAlarmOfARecordingThatIsNoMoreIsKeptButLeadsNowhereAndIsNotListed() {
    store.alarm("r-1", SILENT, AT + 1);
    alarms.settle("r-1", AT + 1, new Settlement("user:boss", "seen", AT + 9));
    rows.execute("delete from recording where name = 'r-1'");
    assertThat(alarms.settled(null, 9)).isEmpty();
    assertThat(rows.count("recording_alarm_settled")).isEqualTo(1);
  }

  @Test
  void anAlarmThatCameLaterIsNotSettledUnseen() {
    store.alarm("r-1", SILENT, AT + 1);
    store.alarm("r-1", CHANGED, AT + 2);
    Settlement how = new Settlement("user:boss", "seen", AT + 9);
    assertThatThrownBy(() -> alarms.settle("r-1", AT + 1, how))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("another alarm");
    alarms.settle("r-1", AT + 2, how);
    assertThatThrownBy(() -> alarms.settle("r-1", AT + 2, how))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("before");
    assertThatThrownBy(() -> alarms.settle("r-9", AT, how)).isInstanceOf(Fault.NotFound.class);
    assertThat(alarms.settled(null, 9)).hasSize(1);
  }

  @Test
  void theSameAlarmAgainIsAsOldAsItWas() {
    Alarm full = Alarm.of(Code.NO_ROOM.finding("The disk is full: free some space."));
    store.waits("r-1", full, AT + 1);
    store.waits("r-1", full, AT + 5);
    assertThat(alarms.open(null, 9)).extracting(Alarmed::raisedAt).containsExactly(AT + 1);
    store.lost("r-1", Alarm.of(Code.LOST.finding("demo")), AT + 6);
    assertThat(alarms.open(null, 9)).extracting(Alarmed::raisedAt).containsExactly(AT + 6);
  }

  @Test
  void anAlarmOfAnEarlierVersionKeepsItsWords() {
    rows.execute("update recording set alarm = 'What was said then.', alarm_at = 7 where name = 'r-1'");
    assertThat(alarms.open(null, 9).getFirst().alarm())
        .isEqualTo(Alarm.of(Code.OTHER.finding("What was said then.")));
  }
}
