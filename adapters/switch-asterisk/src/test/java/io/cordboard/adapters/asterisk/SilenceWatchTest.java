package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.RecordingSilent;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.LegKey;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.Wav;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceWatchTest {
  private static final LegKey CUSTOMER = new LegKey("asterisk", 1, "cb-1.1");

  @TempDir Path spool;
  private final HandClock clock = new HandClock();
  private final Hand hand = new Hand();
  private boolean runs = true;

  /** A channel into which packets come, a link that may be away, and time by hand. */
  private final class Hand implements SilenceWatch.Sight {
    final Queue<Runnable> due = new ArrayDeque<>();
    final List<RecordingSilent> told = new ArrayList<>();
    boolean linked = true;
    long packetsALook = 200;
    private long packets;

    @Override
    public void later(Duration delay, Runnable work) {
      due.add(
          () -> {
            clock.advance(delay);
            work.run();
          });
    }

    @Override
    public CompletionStage<Long> packets(String channel) {
      packets += packetsALook;
      return CompletableFuture.completedFuture(packets);
    }

    @Override
    public Set<String> heardBy(String channel) {
      return Set.of("leg-1");
    }

    @Override
    public boolean tell(RecordingSilent silent) {
      return linked && told.add(silent);
    }

    /** So many of its looks fall due. */
    void looks(int times) {
      for (int n = 0; n < times && !due.isEmpty(); n++) {
        due.remove().run();
      }
    }
  }

  @BeforeEach
  void aRecordingThatLostWhatItsLegHears() {
    Wav.tone(8000, 440, 5).write(spool.resolve("a-in.wav"));
    new Wav(8000, new short[40_000]).write(spool.resolve("a-out.wav"));
    new SilenceWatch(hand, new TrackFiles(spool), clock, name -> runs).begin("a", CUSTOMER);
  }

  @Test
  void aTrackWithoutSoundIntoWhichPacketsComeIsToldOnceAfterASecondLook() {
    hand.looks(1);
    assertThat(hand.told).isEmpty();
    hand.looks(1);
    assertThat(hand.told)
        .containsExactly(new RecordingSilent(CUSTOMER, clock.micros(), "a", Track.HEARS));
    assertThat(hand.due).isEmpty();
  }

  @Test
  void whereTheLinkGoesAtThatMomentItIsLookedAgainUntilItWasTaken() {
    hand.linked = false;
    hand.looks(8);
    assertThat(hand.told).isEmpty();
    hand.linked = true;
    hand.looks(8);
    assertThat(hand.told).hasSize(1);
    assertThat(hand.due).isEmpty();
  }

  @Test
  void whereNoPacketsComeNothingIsWrong() {
    hand.packetsALook = 3;
    hand.looks(8);
    assertThat(hand.told).isEmpty();
  }

  @Test
  void aRecordingThatHasEndedIsNotLookedAtAnyMore() {
    hand.looks(1);
    runs = false;
    hand.looks(8);
    assertThat(hand.told).isEmpty();
    assertThat(hand.due).isEmpty();
  }
}
