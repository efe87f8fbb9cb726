package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waiting callers hear their place and the expected wait; the music stops for it and goes on. */
class TellTurnTest {
  private static final long MINUTE = 60_000_000L;
  private final Floor floor = new Floor();

  private void every(int seconds) {
    floor.directory = floor.withComfort(new Comfort(seconds, null));
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.open(BOB, "c-2");
  }

  /** Waits with music, after the announcement. */
  private LegKey waits() {
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    heard(customer);
    return customer;
  }

  private SwitchCommand.Announce said() {
    List<SwitchCommand.Announce> all = floor.pbx.commands(SwitchCommand.Announce.class);
    return all.getLast();
  }

  private void heard(LegKey customer) {
    floor.event(
        new CallEvent.AnnouncementEnded(customer, floor.tick(), said().playId(), true));
  }

  private String words() {
    return said().announcement().text();
  }

  private boolean music() {
    return floor.pbx.commands(SwitchCommand.MusicOn.class).size()
        > floor.pbx.commands(SwitchCommand.MusicOff.class).size();
  }

  @Test
  void afterTheIntervalThePlaceIsToldAndTheMusicGoesOn() {
    every(45);
    waits();
    LegKey second = waits();
    assertThat(music()).isTrue();
    floor.pass(Duration.ofSeconds(46));
    assertThat(words()).isEqualTo("您现在排在第2位。");
    assertThat(said().leg()).isEqualTo(second);
    int off = floor.pbx.commands(SwitchCommand.MusicOff.class).size();
    int on = floor.pbx.commands(SwitchCommand.MusicOn.class).size();
    assertThat(off).isEqualTo(2);
    heard(second);
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class)).hasSize(on + 1);
    floor.pass(Duration.ofSeconds(20));
    int said = floor.pbx.commands(SwitchCommand.Announce.class).size();
    floor.pass(Duration.ofSeconds(26));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class).size()).isGreaterThan(said);
  }

  @Test
  void whileAnAgentIsRungNothingIsToldAndAtOnceWhenThatCameToNothing() {
    every(15);
    waits();
    floor.command(ANN, new DeskCommand.Ready());
    LegKey device = floor.ringing();
    floor.pass(Duration.ofSeconds(16));
    assertThat(words()).contains("录音");
    floor.hangsUp(device);
    floor.pass(Duration.ofSeconds(1));
    assertThat(words()).isEqualTo("您是下一位。");
  }

  @Test
  void bothSentencesAreSpokenOneAfterTheOther() {
    every(15);
    floor.journeys.paceBefore(Map.of("care", List.of(3 * MINUTE, 3 * MINUTE, 3 * MINUTE)));
    floor.command(ANN, new DeskCommand.Ready());
    floor.talking();
    LegKey customer = waits();
    floor.pass(Duration.ofSeconds(16));
    assertThat(words()).isEqualTo("您是下一位。");
    heard(customer);
    assertThat(words()).isEqualTo("预计等待约3分钟。");
    int on = floor.pbx.commands(SwitchCommand.MusicOn.class).size();
    heard(customer);
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class)).hasSize(on + 1);
  }

  @Test
  void whoIsRungThroughInTheMiddleOfItHearsNoMoreOfIt() {
    every(15);
    floor.journeys.paceBefore(Map.of("care", List.of(3 * MINUTE, 3 * MINUTE, 3 * MINUTE)));
    floor.command(ANN, new DeskCommand.Ready());
    floor.talking();
    LegKey customer = waits();
    floor.pass(Duration.ofSeconds(16));
    floor.ready(BOB);
    floor.ringing();
    int said = floor.pbx.commands(SwitchCommand.Announce.class).size();
    heard(customer);
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class)).hasSize(said);
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class).getLast().leg()).isEqualTo(customer);
  }

  @Test
  void aSwitchThatDoesNotTellTheEndLeavesNobodyInSilence() {
    every(15);
    LegKey customer = waits();
    floor.pass(Duration.ofSeconds(16));
    int on = floor.pbx.commands(SwitchCommand.MusicOn.class).size();
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class).size()).isGreaterThan(on);
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class).getLast().leg()).isEqualTo(customer);
  }

  @Test
  void afterARestartItGoesOnWhereItWas() {
    every(45);
    LegKey customer = waits();
    floor.pass(Duration.ofSeconds(46));
    heard(customer);
    floor.kill();
    floor.boot();
    floor.open(ANN, "c-1");
    floor.link(new LiveLeg(customer, true, null, null));
    int said = floor.pbx.commands(SwitchCommand.Announce.class).size();
    floor.pass(Duration.ofSeconds(44));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class)).hasSize(said);
    floor.pass(Duration.ofSeconds(2));
    assertThat(said().playId()).endsWith("-2-0");
  }

  @Test
  void aCallerWhoHearsTheRingingToneIsToldNothing() {
    every(15);
    floor.arrives(PLAIN);
    floor.pass(Duration.ofSeconds(50));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class)).isEmpty();
  }

  @Test
  void aQueueThatDoesNotWantItTellsNothing() {
    every(0);
    waits();
    int said = floor.pbx.commands(SwitchCommand.Announce.class).size();
    floor.pass(Duration.ofSeconds(50));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class)).hasSize(said);
  }
}
