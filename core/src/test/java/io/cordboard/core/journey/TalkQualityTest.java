package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.TalkQuality;
import io.cordboard.core.desk.DeskCommand.ReportQuality;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A browser's word on how a talk sounded: bounded, checked against the talk, and of no consequence. */
class TalkQualityTest {
  private final Floor floor = new Floor();

  private static ReportQuality said(Floor.Talking talk, long stretch, int seconds, double score) {
    return new ReportQuality(talk.call().toString(), stretch, seconds, 0.5, 12, 80, score, 3);
  }

  private Floor.Talking talkOf(Duration time) {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.pass(time);
    return talk;
  }

  private void refuses(Class<? extends Fault> kind, AgentId agent, ReportQuality said) {
    assertThatThrownBy(() -> floor.command(agent, said)).hasCauseInstanceOf(kind);
  }

  @Test
  void isKeptWithTheAgentsPartOnceTheTalkIsOver() {
    Floor.Talking talk = talkOf(Duration.ofSeconds(40));
    floor.hangsUp(talk.customer());
    floor.command(ANN, said(talk, 7, 38, 4.2));
    assertThat(floor.qualities.ofCall(talk.call()))
        .isEqualTo(Map.of(1, List.of(new TalkQuality(7, 38, 0.5, 12, 80, 4.2, 3))));
  }

  @Test
  void saidTwiceOfOneStretchCountsOnce() {
    Floor.Talking talk = talkOf(Duration.ofSeconds(40));
    floor.command(ANN, said(talk, 7, 10, 4.2)).command(ANN, said(talk, 7, 20, 4.1));
    assertThat(floor.qualities.ofCall(talk.call()).get(1)).hasSize(1);
  }

  @Test
  void longerThanTheTalkIsRefused() {
    refuses(Fault.BadRequest.class, ANN, said(talkOf(Duration.ofSeconds(40)), 7, 60, 4.2));
  }

  @Test
  void thatNoTalkCanMeasureIsRefused() {
    Floor.Talking talk = talkOf(Duration.ofSeconds(40));
    String call = talk.call().toString();
    for (double score : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0.9, 4.6, -1}) {
      refuses(Fault.BadRequest.class, ANN, new ReportQuality(call, 7, 10, 0, 0, 0, score, 1));
    }
    for (ReportQuality absurd :
        List.of(
            new ReportQuality(call, 0, 10, 0, 0, 0, 4, 3),
            new ReportQuality(call, 7, 0, 0, 0, 0, 4, 3),
            new ReportQuality(call, 7, 10, 101, 0, 0, 4, 3),
            new ReportQuality(call, 7, 10, Double.NaN, 0, 0, 4, 3),
            new ReportQuality(call, 7, 10, 0, -1, 0, 4, 3),
            new ReportQuality(call, 7, 10, 0, 0, 60_001, 4, 3),
            new ReportQuality(call, 7, 10, 0, 0, 0, 4, 4.1),
            new ReportQuality("no-call", 7, 10, 0, 0, 0, 4, 3))) {
      refuses(Fault.BadRequest.class, ANN, absurd);
    }
    assertThat(floor.qualities.ofCall(talk.call())).isEmpty();
  }

  @Test
  void ofACallOfSomebodyElseIsRefused() {
    Floor.Talking talk = talkOf(Duration.ofSeconds(40));
    refuses(Fault.NotFound.class, BOB, said(talk, 7, 10, 4));
  }

  @Test
  void ofATalkAtADeskPhoneIsRefused() {
    floor.directory = floor.withDevices(ANN, new Device("pbx", "2001", Phone.SIP));
    refuses(Fault.Refused.class, ANN, said(talkOf(Duration.ofSeconds(40)), 7, 10, 4));
  }

  @Test
  void ofStretchesIsTheirMeanByLengthAndTheWorstOfTheWorst() {
    TalkQuality whole =
        TalkQuality.whole(
                List.of(
                    new TalkQuality(1, 30, 0, 10, 100, 4.4, 4),
                    new TalkQuality(2, 10, 4, 50, 300, 2.4, 1.5)))
            .orElseThrow();
    assertThat(whole.seconds()).isEqualTo(40);
    assertThat(whole.lossPercent()).isEqualTo(1);
    assertThat(whole.jitterMillis()).isEqualTo(20);
    assertThat(whole.roundTripMillis()).isEqualTo(150);
    assertThat(whole.score()).isCloseTo(3.9, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(whole.lowestScore()).isEqualTo(1.5);
    assertThat(TalkQuality.whole(List.of())).isEmpty();
  }
}
