package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.desk.CallView.Recording;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallId;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A recording's life through the whole server, with the demo switch. */
class RecordingStoryTest {
  private static final String AGENT = "agent1";
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start().ready(AGENT);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static List<RecordingRow> recordings(Running.Ringing call) {
    return running.core.recordings.store.ofCall(CallId.parse(call.call()));
  }

  private static RecordingRow recording(Running.Ringing call, State state) {
    return Await.until(
            "the recording is " + state,
            () -> recordings(call),
            rows -> rows.size() == 1 && rows.getFirst().state() == state)
        .getFirst();
  }

  private static Path onSwitch(RecordingRow row, String track) {
    return running.data.resolve("demo-recordings").resolve(row.name() + "-" + track + ".wav");
  }

  private static Running.Ringing talk() {
    Running.Ringing call = running.answered(AGENT, running.rings(null, 60, ""));
    running.shown(call.call(), view -> view.recording() == Recording.RECORDED);
    return call;
  }

  @Test
  void aTalkIsFetchedCheckedKeptAndDeletedOnTheSwitch() throws Exception {
    Running.Ringing call = talk();
    running.command(AGENT, new DeskCommand.PauseRecording(call.call()));
    running.shown(call.call(), view -> view.recording() == Recording.PAUSED);
    running.command(AGENT, new DeskCommand.ResumeRecording(call.call()));
    running.shown(call.call(), view -> view.recording() == Recording.RECORDED);
    running.drill.callerHangsUp(call.caller());
    RecordingRow row = recording(call, State.STORED);
    running.finished(AGENT, call);
    assertThat(row.agent()).isEqualTo(running.agent(AGENT));
    Await.until("it is gone on the switch", () -> Files.notExists(onSwitch(row, "says")));

    String url = "/api/v1/recordings/" + row.name();
    HttpResponse<byte[]> whole = running.get(url, running.key(Role.SUPERVISOR));
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(MessageDigest.getInstance("SHA-256").digest(whole.body()))
        .isEqualTo(row.file().sha256());
    assertThat(new String(whole.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    String[] key = running.key(Role.SUPERVISOR);
    HttpResponse<byte[]> part = running.get(url, key[0], key[1], "Range", "bytes=44-143");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(100);

    assertThat(running.get(url).statusCode()).isEqualTo(401);
    assertThat(running.get(url, running.key(Role.ADMINISTRATOR)).statusCode()).isEqualTo(403);

    Path file = running.data.resolve("recordings").resolve(row.file().path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(running.get(url, running.key(Role.SUPERVISOR)).statusCode())
        .as("one byte was changed on our disk")
        .isNotEqualTo(200);
    assertThat(recordings(call).getFirst().alarm().words()).contains("hash");
    String alarms = "/api/v1/recordings/alarms";
    assertThat(new String(running.get(alarms, running.key(Role.SUPERVISOR)).body(), StandardCharsets.UTF_8))
        .contains(row.name());
    assertThat(running.core.verifier.verify().ok()).isTrue();
  }

  @Test
  void aTrackThatNobodyFedRaisesAnAlarm() throws IOException {
    Running.Ringing call = talk();
    Await.until("it is long enough to be judged", () -> running.core.clock.micros() - since(call) > 1_500_000);
    RecordingRow row = endsUnseen(call);
    byte[] silent = Files.readAllBytes(onSwitch(row, "says"));
    Arrays.fill(silent, 44, silent.length, (byte) 0);
    Files.write(onSwitch(row, "says"), silent);
    running.drill.mendLink();
    assertThat(recording(call, State.STORED).alarm().words())
        .contains("What the customer says is silent throughout.");
    running.finished(AGENT, call);
  }

  @Test
  void aRecordingOfWhichTheSwitchLosesASideIsBegunAnewAndTheFirstHasAnAlarm() {
    Running.Ringing call = talk();
    RecordingRow first = recording(call, State.WRITING);
    running.core.ledger.on(
        new SwitchSignal.Happened(
            new CallEvent.RecordingSilent(
                call.caller(), running.core.clock.micros(), first.name(), Track.HEARS)));
    Await.until("the next one is written", () -> recordings(call).size() == 2);
    running.drill.callerHangsUp(call.caller());
    List<RecordingRow> both =
        Await.until(
            "both are kept",
            () -> recordings(call),
            rows -> rows.stream().allMatch(row -> row.state() == State.STORED));
    running.finished(AGENT, call);
    assertThat(both).extracting(RecordingRow::segment).containsExactly(1, 1);
    assertThat(both.getFirst().alarm().words())
        .contains("What the customer hears fell silent on the switch while the talk went on.");
    assertThat(both.getLast().silent()).isNull();
    assertThat(new String(running.get("/metrics").body(), StandardCharsets.UTF_8))
        .contains("cordboard_recordings_silenced_total 1.0");
  }

  private static long since(Running.Ringing call) {
    return recordings(call).stream().mapToLong(RecordingRow::startedAt).findFirst().orElse(Long.MAX_VALUE);
  }

  /** The caller hangs up while the link is lost; both tracks lie on the switch. */
  private static RecordingRow endsUnseen(Running.Ringing call) {
    RecordingRow row = recording(call, State.WRITING);
    running.drill.breakLink();
    running.drill.callerHangsUp(call.caller());
    long length = 44;
    Await.until(
        "the switch has both tracks, whole",
        () -> size(onSwitch(row, "says")) > length && size(onSwitch(row, "says")) == size(onSwitch(row, "hears")));
    return row;
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  @Test
  void aCallerWhoPressesNineIsNotRecorded() {
    Running.Ringing call = running.answered(AGENT, running.rings(null, 60, "9"));
    running.shown(call.call(), view -> view.recording() == Recording.NOT_RECORDED);
    running.drill.callerHangsUp(call.caller());
    running.finished(AGENT, call);
    assertThat(recordings(call)).isEmpty();
  }

  @Test
  void aRestartOfTheSwitchLeavesAPartialRecordingThatIsKept() {
    Running.Ringing call = talk();
    running.drill.restart();
    RecordingRow row = recording(call, State.STORED);
    running.finished(AGENT, call);
    assertThat(row.alarm().words()).contains("It is partial");
  }

  @Test
  void whatCannotBeFetchedIsADeadLetterUntilSomebodyMendsIt() throws IOException {
    Running.Ringing call = talk();
    RecordingRow row = endsUnseen(call);
    Path says = onSwitch(row, "says");
    byte[] good = Files.readAllBytes(says);
    Files.write(says, "this is no sound".getBytes(StandardCharsets.US_ASCII));
    running.drill.mendLink();
    String[] admin = running.key(Role.ADMINISTRATOR);
    String letters =
        Await.until(
            "a dead letter",
            () -> new String(running.get("/api/v1/dead-letters", admin).body(), StandardCharsets.UTF_8),
            body -> body.contains(row.name()));
    assertThat(letters).contains("Refused");
    assertThat(recordings(call).getFirst().alarm().words()).startsWith("It could not be fetched: ");
    Files.write(says, good);
    long id = running.core.recordings.deadLetters.list(0, 10).getFirst().id();
    assertThat(running.post("/api/v1/dead-letters/" + id + "/retry", admin).statusCode())
        .isEqualTo(204);
    assertThat(recording(call, State.STORED).file()).isNotNull();
    running.finished(AGENT, call);
    assertThat(running.core.recordings.deadLetters.count()).isZero();
  }
}
