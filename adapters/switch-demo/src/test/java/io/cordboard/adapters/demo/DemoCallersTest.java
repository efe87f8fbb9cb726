package io.cordboard.adapters.demo;

import static io.cordboard.adapters.demo.Rig.BRITISH;
import static io.cordboard.adapters.demo.Rig.CHINESE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.adapters.demo.Rig.Talk;
import io.cordboard.kernel.CallEvent.CaptionSaid;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCallersTest {
  @TempDir Path recordings;
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
  void aConversationIsSpokenByBothSidesAndThenTheCallerHangsUp() {
    Talk talk = rig.talk(rig.calls(CHINESE));
    rig.pass(120);

    assertThat(rig.endOf(talk.caller()).side()).isEqualTo(Side.FAR);
    List<CaptionSaid> captions = rig.captions();
    assertThat(captions).hasSize(10);
    for (int i = 0; i < captions.size(); i++) {
      assertThat(captions.get(i).leg()).isEqualTo(i % 2 == 0 ? talk.agent() : talk.caller());
    }
    assertThat(rig.lives(talk.agent())).isTrue();
  }

  @Test
  void aConversationHasAHumanPace() {
    rig.talk(rig.calls(CHINESE));
    rig.pass(120);
    List<CaptionSaid> captions = rig.captions();
    for (int i = 1; i < captions.size(); i++) {
      assertThat(captions.get(i).at() - captions.get(i - 1).at()).isBetween(1_500_000L, 5_000_000L);
    }
  }

  @Test
  void callersSpeakTheLanguageOfTheirNumber() {
    rig.talk(rig.calls(CHINESE));
    rig.pass(3);
    assertThat(rig.captions().getLast().text()).containsPattern("\\p{IsHan}");

    rig.demo.drill().restart();
    rig.talk(rig.calls(BRITISH));
    rig.pass(3);
    assertThat(rig.captions().getLast().text()).doesNotContainPattern("\\p{IsHan}");
  }

  @Test
  void nobodySpeaksBeforeBothHearEachOther() {
    LegKey caller = rig.calls(CHINESE);
    Await.done(rig.demo.answer(caller));
    Await.done(rig.demo.join("bridge", caller));
    rig.pass(30);
    assertThat(rig.captions()).isEmpty();

    Await.done(rig.demo.join("bridge", rig.dials(Rig.PHONE, true)));
    rig.pass(3);
    assertThat(rig.captions()).isNotEmpty();
  }

  @Test
  void aConversationStopsWhileTheCustomerIsOutOfTheBridgeAndThenGoesOn() {
    Talk talk = rig.talk(rig.calls(CHINESE));
    rig.pass(10);
    Await.done(rig.demo.leave(talk.bridge(), talk.caller()));
    Await.done(rig.demo.musicOn(talk.caller()));
    List<CaptionSaid> before = rig.captions();
    rig.pass(60);
    assertThat(rig.captions()).isEqualTo(before).isNotEmpty();

    Await.done(rig.demo.join(talk.bridge(), talk.caller()));
    rig.pass(120);
    assertThat(rig.captions()).hasSize(10).startsWith(before.toArray(CaptionSaid[]::new));
    assertThat(rig.captions()).extracting(CaptionSaid::text).doesNotHaveDuplicates();
  }

  @Test
  void aConversationStopsWhileThePhoneHolds() {
    Talk talk = rig.talk(rig.calls(CHINESE));
    rig.pass(10);
    rig.demo.drill().hold(talk.agent(), true);
    int before = rig.captions().size();
    rig.pass(60);
    assertThat(rig.captions()).hasSize(before);

    rig.demo.drill().hold(talk.agent(), false);
    rig.pass(10);
    assertThat(rig.captions()).hasSizeGreaterThan(before);
  }

  @Test
  void aSecondAgentGoesOnWithTheConversation() {
    Talk talk = rig.talk(rig.calls(CHINESE));
    rig.pass(10);
    Await.done(rig.demo.putDown(talk.agent()));
    int before = rig.captions().size();
    rig.pass(10);
    assertThat(rig.captions()).hasSize(before);

    LegKey second = rig.dials(Rig.PHONE, true);
    Await.done(rig.demo.join(talk.bridge(), second));
    rig.pass(120);
    assertThat(rig.captions()).hasSize(10).extracting(CaptionSaid::leg).contains(second);
  }

  @Test
  void aCallerGivesUpWhenPatienceEnds() {
    LegKey caller = rig.calls(CHINESE);
    rig.pass(119);
    assertThat(rig.lives(caller)).isTrue();
    rig.pass(2);
    assertThat(rig.endOf(caller).side()).isEqualTo(Side.FAR);
    assertThat(rig.endOf(caller).sip()).isEqualTo(487);
  }

  @Test
  void musicDoesNotMakeACallerPatient() {
    LegKey caller = rig.calls(CHINESE);
    Await.done(rig.demo.answer(caller));
    Await.done(rig.demo.musicOn(caller));
    rig.pass(121);
    assertThat(rig.endOf(caller).side()).isEqualTo(Side.FAR);
  }

  @Test
  void aCallerHangsUpWhenTheSecondsAreOver() {
    Talk talk = rig.talk(rig.calls(CHINESE, null, 7));
    rig.pass(6);
    assertThat(rig.lives(talk.caller())).isTrue();
    rig.pass(2);
    assertThat(rig.lives(talk.caller())).isFalse();
  }

  @Test
  void aGivenTextIsSaidSentenceBySentenceAndTheCallerStays() {
    Talk talk = rig.talk(rig.calls(CHINESE, "Where is my order? It is late. Please check.", 60));
    rig.pass(50);

    assertThat(rig.captions().stream().filter(said -> said.leg().equals(talk.caller())))
        .extracting(CaptionSaid::text)
        .containsExactly("Where is my order?", "It is late.", "Please check.");
    assertThat(rig.captions()).extracting(CaptionSaid::leg).contains(talk.agent());
    assertThat(rig.lives(talk.caller())).isTrue();
    rig.pass(11);
    assertThat(rig.lives(talk.caller())).isFalse();
  }

  @Test
  void callsThatMakeNoSenseAreRefused() {
    for (int seconds : new int[] {0, -1, 7201}) {
      TestCall call = new TestCall(CHINESE, "4008001234", null, seconds);
      assertThat(Await.failed(rig.demo.placeCall(call), Fault.BadRequest.class))
          .hasMessageContaining(Integer.toString(seconds));
    }
    LegKey caller = rig.calls(CHINESE);
    Await.failed(rig.demo.lift(caller), Fault.Refused.class);
    Await.failed(rig.demo.musicOn(caller), Fault.Refused.class);
    Await.failed(rig.demo.join("bridge", caller), Fault.Refused.class);
    assertThat(rig.lives(caller)).isTrue();
  }

  @Test
  void aFullSwitchAsksToComeLater() {
    for (int i = 0; i < DemoConfig.standard(recordings).calls(); i++) {
      rig.calls(CHINESE);
    }
    TestCall oneMore = new TestCall(CHINESE, "4008001234", null, 60);
    Fault.Busy busy = Await.failed(rig.demo.placeCall(oneMore), Fault.Busy.class);
    assertThat(busy.retryAfter()).isPositive();
  }
}
