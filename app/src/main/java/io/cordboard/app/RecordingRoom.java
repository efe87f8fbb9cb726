package io.cordboard.app;

import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.recording.Recorders;
import io.cordboard.core.call.recording.RecordingReader;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.call.recording.Recordings;
import io.cordboard.core.call.recording.Vault;
import io.cordboard.core.work.DeadLetters;
import io.cordboard.core.work.WorkRunner;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.store.recording.JdbcRecordingStore;
import io.cordboard.store.work.JdbcDeadLetters;
import io.cordboard.store.work.JdbcWorkStore;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** What is recorded on the switches comes here: fetched, checked, kept, deleted there, played. */
final class RecordingRoom implements AutoCloseable {
  /** Stays free on the disk, so that the ledger goes on where recordings have to wait. */
  static final long RESERVE = 512L << 20;

  final RecordingStore store;
  final RecordingReader reader;
  final DeadLetters deadLetters;
  final WorkStore work;
  final WorkRunner runner;
  private final Coalesced wake;

  RecordingRoom(
      DataSource pool, Path directory, SwitchBoard board, Clock clock, RandomGenerator random) {
    store = new LoggedRecordings(new JdbcRecordingStore(pool));
    Recordings recordings =
        new Recordings(store, recorders(board), Vault.open(directory, RESERVE), clock);
    reader = recordings.reader();
    work = new JdbcWorkStore(pool, clock);
    runner =
        new WorkRunner(
            work, recordings.handlers(), List.of(recordings.source()),
            WorkRunner.Settings.standard(), clock, random);
    wake = new Coalesced(runner::wake);
    deadLetters = new JdbcDeadLetters(pool, clock, wake::ask);
  }

  private static Recorders recorders(SwitchBoard board) {
    return id ->
        board
            .get(id)
            .map(phoneSwitch -> phoneSwitch.as(Recorder.class))
            .orElseThrow(
                () -> new Fault.Unreachable("The switch '%s' is not connected.".formatted(id), null));
  }

  void start() {
    runner.start();
  }

  /** Recordings wait to be fetched; costs nothing, however often it is called. */
  void wake() {
    wake.ask();
  }

  @Override
  public void close() {
    wake.close();
    runner.close();
  }
}
