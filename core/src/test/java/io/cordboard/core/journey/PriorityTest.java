package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.PLAIN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.LedgerFact.Offered;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A line of a higher level is served first, for as much as its level is worth. */
class PriorityTest {
  private final Floor floor = new Floor();

  private LegKey arrivesWhereNobodyIsReady(String line) {
    LegKey customer = floor.arrives(line);
    if (line.equals(RECORDED)) {
      floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
      SwitchCommand.Announce hello = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
      floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), hello.playId(), true));
    }
    return customer;
  }

  private void levelOfTheRecordedLine(int priority) {
    floor.withLine(
        RECORDED, line -> new Line.Access(null, null, 0, null, priority));
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
  }

  private CallId offered() {
    floor.command(ANN, new DeskCommand.Ready());
    return floor.pbx.commands(SwitchCommand.Dial.class).getLast().order().callId();
  }

  private Offered offer(CallId call) {
    var answer = floor.ledger.ask(turn -> turn.call(call).orElseThrow().segment(1).offered());
    floor.step();
    return answer.toCompletableFuture().join();
  }

  @Test
  void theHigherLineIsOfferedBeforeTheOlderCallAndTheRecordSaysWhy() {
    levelOfTheRecordedLine(2);
    arrivesWhereNobodyIsReady(PLAIN);
    floor.pass(Duration.ofSeconds(30));
    CallId second = floor.callOf(arrivesWhereNobodyIsReady(RECORDED));
    assertThat(offered()).isEqualTo(second);
    assertThat(offer(second).why()).containsExactly("line-priority=2", "overtook=1", "longest-idle");
  }

  @Test
  void theLevelStaysWhatItWasWhenTheCallCameAlsoAfterARestart() {
    levelOfTheRecordedLine(2);
    LegKey first = arrivesWhereNobodyIsReady(PLAIN);
    LegKey second = arrivesWhereNobodyIsReady(RECORDED);
    CallId later = floor.callOf(second);
    floor.withLine(RECORDED, line -> Line.Access.ALWAYS);
    floor.kill();
    floor.boot();
    floor.link(
        new LiveLeg(first, false, null, null), new LiveLeg(second, true, null, null));
    floor.open(ANN, "c-1");
    assertThat(offered()).isEqualTo(later);
  }
}
