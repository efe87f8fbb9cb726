package io.cordboard.adapters.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.adapters.demo.Rig.Talk;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.CaptionSaid;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.Recorder.Tracks;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.Wav;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRecordingTest {
  private static final double AUDIBLE = 500;

  @TempDir Path recordings;
  @TempDir Path fetched;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(recordings);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void theCustomerIsInOneTrackAndTheAgentInTheOther() {
    Talk talk = rig.talk(rig.calls(Rig.CHINESE));
    long start = record(talk.caller(), "r1");
    rig.pass(30);
    Heard sound = stop(talk.caller(), "r1");

    assertThat(rig.captions()).hasSizeGreaterThan(5);
    for (CaptionSaid said : rig.captions()) {
      double at = (said.at() - start) / 1e6;
      boolean customer = said.leg().equals(talk.caller());
      Wav speaking = customer ? sound.says : sound.hears;
      Wav silent = customer ? sound.hears : sound.says;
      assertThat(speaking.energy(at, at + 1)).isGreaterThan(AUDIBLE);
      assertThat(silent.energy(at, at + 1)).isZero();
      // the breath before each sentence
      assertThat(speaking.energy(at - 0.3, at - 0.1)).isZero();
    }
  }

  @Test
  void bothTracksAreAsLongAsTheClockSays() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    record(caller, "r1");
    rig.clock.advance(Duration.ofMillis(12_345));
    Heard sound = stop(caller, "r1");
    assertThat(sound.says.rate()).isEqualTo(8000);
    assertThat(sound.says.samples()).hasSize(12_345 * 8);
    assertThat(sound.hears.samples()).hasSize(12_345 * 8);
    assertThat(sound.says.energy()).isZero();
  }

  @Test
  void aPauseIsSilentInBothTracksAndShortensNothing() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    Await.done(rig.demo.musicOn(caller));
    record(caller, "r1");
    rig.pass(2);
    Await.done(rig.demo.pauseRecording(caller, "r1"));
    rig.pass(3);
    Await.done(rig.demo.resumeRecording(caller, "r1"));
    rig.pass(2);
    Heard sound = stop(caller, "r1");

    assertThat(sound.hears.seconds()).isEqualTo(7);
    assertThat(sound.hears.energy(0.1, 1.9)).isGreaterThan(AUDIBLE);
    assertThat(sound.hears.energy(2, 5)).isZero();
    assertThat(sound.hears.energy(5.1, 6.9)).isGreaterThan(AUDIBLE);
  }

  @Test
  void aRecordingThatEndsPausedStaysSilentToItsEnd() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    Await.done(rig.demo.musicOn(caller));
    record(caller, "r1");
    rig.pass(1);
    Await.done(rig.demo.pauseRecording(caller, "r1"));
    rig.pass(4);
    rig.demo.drill().callerHangsUp(caller);
    rig.log.event(caller, RecordingEnded.class);
    Heard sound = fetch("r1");
    assertThat(sound.hears.seconds()).isEqualTo(5);
    assertThat(sound.hears.energy(1, 5)).isZero();
  }

  @Test
  void announcementsAndMusicAreHeardNotSaid() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    record(caller, "r1");
    Announcement words = new Announcement("为了保证服务质量，本次通话将被录音。", "zh-CN");
    Await.done(rig.demo.announce(caller, "p1", words));
    rig.pass(10);
    rig.log.event(caller, AnnouncementEnded.class);
    Await.done(rig.demo.musicOn(caller));
    rig.pass(5);
    Await.done(rig.demo.musicOff(caller));
    rig.pass(5);
    Heard sound = stop(caller, "r1");

    assertThat(sound.hears.energy(0, 2)).isGreaterThan(AUDIBLE);
    assertThat(sound.hears.energy(8, 10)).isZero();
    assertThat(sound.hears.energy(10, 15)).isGreaterThan(AUDIBLE);
    assertThat(sound.hears.energy(15, 20)).isZero();
    assertThat(sound.says.energy()).isZero();
  }

  @Test
  void theSecondAgentIsHeardAsTheFirstOneWas() {
    Talk talk = rig.talk(rig.calls(Rig.CHINESE));
    record(talk.caller(), "r1");
    rig.pass(10);
    Await.done(rig.demo.putDown(talk.agent()));
    rig.pass(5);
    Await.done(rig.demo.join(talk.bridge(), rig.dials(Rig.PHONE, true)));
    rig.pass(15);
    Heard sound = stop(talk.caller(), "r1");
    assertThat(sound.hears.energy(0, 10)).isGreaterThan(AUDIBLE);
    assertThat(sound.hears.energy(10, 15)).isZero();
    assertThat(sound.hears.energy(15, 30)).isGreaterThan(AUDIBLE);
  }

  @Test
  void aRecordingBegunInMidSentenceHasTheRestOfIt() {
    Talk talk = rig.talk(rig.calls(Rig.CHINESE));
    rig.clock.advance(Duration.ofMillis(900));
    record(talk.caller(), "r1");
    rig.clock.advance(Duration.ofMillis(500));
    assertThat(stop(talk.caller(), "r1").hears.energy()).isGreaterThan(AUDIBLE);
  }

  @Test
  void aNameIsUsedOnce() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    record(caller, "r1");
    assertThat(Await.failed(rig.demo.fetch("r1", fetched), Fault.Refused.class))
        .hasMessageContaining("stop it first");
    stop(caller, "r1");
    Await.failed(rig.demo.startRecording(caller, "r1"), Fault.Refused.class);
    Await.failed(rig.demo.pauseRecording(caller, "r1"), Fault.NotFound.class);
  }

  @Test
  void recordingsOutliveTheProcessAndALaterRunHasALaterEpoch() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    record(caller, "r1");
    rig.pass(3);
    rig.demo.close();

    rig.clock.advance(Duration.ofSeconds(1));
    try (Rig later = new Rig(new DemoHarness(recordings, rig.clock))) {
      assertThat(later.log.await(LinkUp.class).epoch()).isGreaterThan(caller.epoch());
      assertThat(later.log.await(LinkUp.class).snapshot().legs()).isEmpty();
      Tracks tracks = Await.done(later.demo.fetch("r1", fetched));
      assertThat(Wav.read(tracks.says()).seconds()).isEqualTo(3);
    }
  }

  @Test
  void aRestartOfTheSwitchKeepsWhatWasRecorded() {
    LegKey caller = rig.calls(Rig.CHINESE);
    Await.done(rig.demo.answer(caller));
    record(caller, "r1");
    rig.pass(3);
    rig.demo.drill().restart();
    assertThat(fetch("r1").says.seconds()).isEqualTo(3);
  }

  private long record(LegKey leg, String name) {
    Await.done(rig.demo.startRecording(leg, name));
    return rig.clock.micros();
  }

  private Heard stop(LegKey leg, String name) {
    Await.done(rig.demo.stopRecording(leg, name));
    rig.log.event(RecordingEnded.class, ended -> ended.recording().equals(name));
    return fetch(name);
  }

  private Heard fetch(String name) {
    Tracks tracks = Await.done(rig.demo.fetch(name, fetched));
    return new Heard(Wav.read(tracks.says()), Wav.read(tracks.hears()));
  }

  private record Heard(Wav says, Wav hears) {}
}
