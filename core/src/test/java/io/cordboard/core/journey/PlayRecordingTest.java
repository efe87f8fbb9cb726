package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingReader;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Role;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayRecordingTest {
  private static final UUID ALICE = new UUID(1, 1);
  private static final UUID BOB = new UUID(1, 2);

  @TempDir Path dir;
  private final List<String> story = new ArrayList<>();
  private @Nullable Fault auditFault;
  private @Nullable Fault readFault;
  private @Nullable AgentId segmentOf = new AgentId(ALICE);
  private String name = "r";
  private int segment = 1;
  private Path file;

  @BeforeEach
  void record() throws IOException {
    file = Files.writeString(dir.resolve("r.wav"), "sound");
  }

  @Test
  void theAgentOfTheSegmentHearsItAndTheTrailHasItFirst() throws IOException {
    play(ALICE, Role.AGENT).close();
    assertThat(story).containsExactly("now DONE user:" + ALICE + " recording:r", "read r");
  }

  @Test
  void anotherAgentHearsNothingAndTheTrailHasTheAttempt() {
    assertThatThrownBy(() -> play(BOB, Role.AGENT)).isInstanceOf(Fault.Refused.class);
    assertThat(story).containsExactly("REFUSED user:" + BOB + " recording:r");
  }

  @Test
  void anAdministratorHearsNothingWithoutAGrant() {
    assertThatThrownBy(() -> play(BOB, Role.ADMINISTRATOR)).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void aRecordingOfNobodysSegmentIsForSupervisorsOnly() throws IOException {
    segmentOf = null;
    assertThatThrownBy(() -> play(ALICE, Role.AGENT)).isInstanceOf(Fault.Refused.class);
    play(BOB, Role.SUPERVISOR).close();
  }

  @Test
  void aMessageThatACallerLeftIsHeardByWhoeverWorksOnTasks() throws IOException {
    segmentOf = null;
    name = "v-1";
    segment = 0;
    play(ALICE, Role.AGENT).close();
    assertThat(story).first().isEqualTo("now DONE user:" + ALICE + " recording:v-1");
    assertThatThrownBy(() -> play(BOB, Role.ADMINISTRATOR)).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void withoutTheTrailNothingIsRead() {
    auditFault = new Fault.Busy("full", Duration.ofSeconds(5));
    assertThatThrownBy(() -> play(ALICE, Role.AGENT)).isInstanceOf(Fault.Busy.class);
    assertThat(story).isEmpty();
  }

  @Test
  void aFailureIsInTheTrailToo() {
    readFault = new Fault.Refused("damaged");
    assertThatThrownBy(() -> play(ALICE, Role.AGENT)).hasMessage("damaged");
    assertThat(story.getLast()).startsWith("FAILED");
  }

  @Test
  void anUnknownRecordingIsNotFound() {
    assertThatThrownBy(() -> story().open(principal(ALICE, Role.SUPERVISOR), "other"))
        .isInstanceOf(Fault.NotFound.class);
  }

  private SeekableByteChannel play(UUID who, Role role) {
    return story().open(principal(who, role), name).channel();
  }

  private static Principal principal(UUID id, Role role) {
    return new Principal(Principal.Kind.USER, id, "somebody", role, Set.of());
  }

  private PlayRecording story() {
    RecordingReader reader =
        name -> {
          story.add("read " + name);
          if (readFault != null) {
            throw readFault;
          }
          try {
            return new RecordingReader.OpenRecording(Files.newByteChannel(file), 5, 1);
          } catch (IOException failed) {
            throw new AssertionError(failed);
          }
        };
    return new PlayRecording(new OneRecording(), reader, new Trail());
  }

  private final class Trail implements Audit {
    @Override
    public void record(AuditEntry entry) {
      story.add(entry.outcome() + " " + entry.who() + " " + entry.subject());
    }

    @Override
    public void recordNow(AuditEntry entry) {
      if (auditFault != null) {
        throw auditFault;
      }
      story.add("now " + entry.outcome() + " " + entry.who() + " " + entry.subject());
    }
  }

  private final class OneRecording implements RecordingStore {
    @Override
    public Optional<RecordingRow> byName(String name) {
      StoredFile stored = new StoredFile("r.wav", new byte[32], 5, 1);
      return Optional.of(
              new RecordingRow(
                  PlayRecordingTest.this.name,
                  new CallId(new UUID(2, 2)),
                  segment,
                  segmentOf,
                  "demo",
                  1,
                  2,
                  State.STORED,
                  stored,
                  null,
                  null))
          .filter(row -> row.name().equals(name));
    }

    @Override
    public int handOver(int most, long now, Function<RecordingRow, NewWork> work) {
      throw new AssertionError();
    }

    @Override
    public void waits(String name, Alarm alarm, long at) {
      alarm(name, alarm, at);
    }

    @Override
    public List<RecordingRow> ofCall(CallId call) {
      throw new AssertionError();
    }

    @Override
    public void stored(
        String name, StoredFile stored, long at, @Nullable Alarm alarm, NewWork next) {
      throw new AssertionError();
    }

    @Override
    public void lost(String name, Alarm alarm, long at) {
      throw new AssertionError();
    }

    @Override
    public void alarm(String name, Alarm alarm, long at) {
      throw new AssertionError();
    }

    @Override
    public Counts counts() {
      throw new AssertionError();
    }
  }
}
