package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.testkit.SwitchHarness.Able;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The switch speaks to a leg. */
interface AnnouncingCases {
  SwitchRig rig();

  @Test
  default void anAnnouncementIsPlayedOnceToItsEnd() {
    needsCalls();
    LegKey leg = rig().talks();
    String play = rig().fresh("play");
    Announcement words = new Announcement("This call may be recorded.", "en-US");

    Await.done(rig().announcing().announce(leg, play, words));
    Await.done(rig().announcing().announce(leg, play, words));
    rig().harness().due(Duration.ofSeconds(30));
    AnnouncementEnded ended = rig().log().event(leg, AnnouncementEnded.class);
    rig().end(leg);

    assertThat(ended.playId()).isEqualTo(play);
    assertThat(ended.whole()).isTrue();
    rig().assertOnce(leg, AnnouncementEnded.class);
  }

  @Test
  default void aChineseAnnouncementIsPlayedToo() {
    needsCalls();
    LegKey leg = rig().talks();
    String play = rig().fresh("play");
    Announcement words = new Announcement("为了保证服务质量，本次通话将被录音。", "zh-CN");
    Await.done(rig().announcing().announce(leg, play, words));
    rig().harness().due(Duration.ofSeconds(30));
    assertThat(rig().log().event(leg, AnnouncementEnded.class).whole()).isTrue();
  }

  @Test
  default void wordsAreSpokenBetweenMusicOneAfterTheOther() {
    needsCalls();
    LegKey leg = rig().talks();
    Await.done(rig().control().musicOn(leg));
    Await.done(rig().control().musicOff(leg));
    for (String text : new String[] {"您现在排在第3位。", "预计等待约两分钟。"}) {
      String play = rig().fresh("play");
      Await.done(rig().announcing().announce(leg, play, new Announcement(text, "zh-CN")));
      rig().harness().due(Duration.ofSeconds(30));
      AnnouncementEnded ended =
          rig().log().event(AnnouncementEnded.class, one -> one.playId().equals(play));
      assertThat(ended.whole()).isTrue();
    }
    Await.done(rig().control().musicOn(leg));
    rig().end(leg);
  }

  @Test
  default void aToneIsPlayedOnceToItsEnd() {
    needsCalls();
    LegKey leg = rig().talks();
    String play = rig().fresh("tone");
    Await.done(rig().announcing().beep(leg, play));
    Await.done(rig().announcing().beep(leg, play));
    rig().harness().due(Duration.ofSeconds(2));
    AnnouncementEnded ended = rig().log().event(leg, AnnouncementEnded.class);
    rig().end(leg);
    assertThat(ended.playId()).isEqualTo(play);
    assertThat(ended.whole()).isTrue();
    rig().assertOnce(leg, AnnouncementEnded.class);
  }

  @Test
  default void aHangUpCutsTheAnnouncement() {
    needsCalls();
    LegKey leg = rig().talks();
    Announcement words = new Announcement("Please hold the line. ".repeat(20), "en-US");
    Await.done(rig().announcing().announce(leg, rig().fresh("play"), words));
    rig().harness().callerHangsUp(leg);

    rig().log().event(leg, LegEnded.class);
    assertThat(rig().log().events(leg, AnnouncementEnded.class))
        .noneMatch(AnnouncementEnded::whole);
  }

  private void needsCalls() {
    rig().needs(Capability.ANNOUNCING, Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
  }
}
