package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is there to take a call, at which phone, and whose call it is. */
class PresenceTest {
  private final Floor floor = new Floor();

  // ---- a desk is presence --------------------------------------------------------------------

  private void closeDesk(AgentId agent) {
    floor.desk.detach(agent, "c-" + agent.value().getLeastSignificantBits());
    floor.step();
  }

  private List<SwitchCommand.Announce> apologies() {
    return floor.pbx.commands(SwitchCommand.Announce.class).stream()
        .filter(said -> said.playId().startsWith("s-"))
        .toList();
  }

  /** The line's apology, once the caller's leg is answered for it. */
  private boolean isTurnedAway(LegKey customer) {
    floor.event(new LegAnswered(customer, floor.tick()));
    return !apologies().isEmpty();
  }

  @Test
  void aFloorThatComesBackAtOnceIsToldItsQueuesOnceASecondAndWhoComesAtOnce() {
    floor.open(ANN, "a1");
    floor.step();
    floor.open(BOB, "b1");
    floor.step();
    assertThat(queuesTold(ANN)).isEqualTo(1);
    assertThat(queuesTold(BOB)).isEqualTo(1);
    floor.ready(BOB);
    assertThat(queuesTold(ANN)).isEqualTo(1);
    floor.desk.tick();
    floor.step();
    assertThat(queuesTold(ANN)).isEqualTo(2);
  }

  private long queuesTold(AgentId agent) {
    return floor.told.get(agent).stream()
        .filter(message -> message instanceof DeskMessage.QueuesChanged)
        .count();
  }

  @Test
  void nobodyWaitsForAgentsWhoLeftTheirDesksHoursAgo() {
    floor.link().ready(ANN).ready(BOB);
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    closeDesk(ANN);
    closeDesk(BOB);
    floor.pass(Duration.ofSeconds(61));
    LegKey customer = floor.arrives(PLAIN);
    assertThat(isTurnedAway(customer)).isTrue();
    floor.hangsUp(customer);
    assertThat(floor.store.tasks)
        .singleElement()
        .isInstanceOfSatisfying(
            TaskChange.Missed.class, missed -> assertThat(missed.reason()).isEqualTo("missed"));
  }

  @Test
  void aPageThatIsLoadedAgainTurnsNobodyAway() {
    floor.link().ready(ANN);
    closeDesk(ANN);
    floor.pass(Duration.ofSeconds(5));
    floor.arrives(PLAIN);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    floor.open(ANN, "c-again");
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(apologies()).isEmpty();
  }

  @Test
  void whoWaitsWhenTheLastDeskClosesIsTurnedAwayAfterAWhileAndNotBefore() {
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    LegKey customer = floor.arrives(PLAIN);
    floor.pass(Duration.ofSeconds(90));
    closeDesk(ANN);
    floor.pass(Duration.ofSeconds(50));
    assertThat(floor.pbx.commands(SwitchCommand.Answer.class)).isEmpty();
    floor.pass(Duration.ofSeconds(11));
    assertThat(isTurnedAway(customer)).isTrue();
  }

  @Test
  void whoWaitsWhileAnAgentIsAtTheirDeskGoesOnWaiting() {
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    LegKey customer = floor.arrives(PLAIN);
    floor.pass(Duration.ofSeconds(200));
    assertThat(isTurnedAway(customer)).isFalse();
    floor.command(ANN, new DeskCommand.Ready());
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void anAgentWhoTalksIsThereAlsoWithoutADesk() {
    floor.link().ready(ANN);
    floor.talking();
    closeDesk(ANN);
    floor.pass(Duration.ofSeconds(90));
    LegKey second = floor.arrives(PLAIN);
    assertThat(isTurnedAway(second)).isFalse();
  }

  @Test
  void aRestartClosesEveryDeskAndTurnsNobodyAwayForIt() {
    floor.link().ready(ANN);
    floor.pass(Duration.ofHours(1));
    floor.kill();
    floor.boot();
    floor.link();
    floor.arrives(PLAIN);
    floor.open(ANN, "c-1");
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  // ---- any SIP phone by its extension --------------------------------------------------------

  private void deskPhone() {
    floor.link();
    floor.directory = floor.withDevices(ANN, new Device("pbx", "3001", Phone.SIP));
    floor.ready(ANN);
  }

  private List<String> dialled() {
    return floor.pbx.commands(SwitchCommand.Dial.class).stream()
        .map(dial -> dial.order().address())
        .toList();
  }

  private String phoneOnDesk() {
    return floor.told.get(ANN).stream()
        .flatMap(
            message ->
                switch (message) {
                  case DeskMessage.Snapshot s -> Stream.of(s.me());
                  case DeskMessage.MeChanged m -> Stream.of(m.me());
                  default -> Stream.<DeskMessage.Me>empty();
                })
        .reduce((a, b) -> b)
        .map(DeskMessage.Me::phoneState)
        .orElseThrow();
  }

  @Test
  void anExtensionGetsNoOfferBeforeItIsRegistered() {
    deskPhone();
    floor.arrives(PLAIN);
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(dialled()).isEmpty();
    floor.device("3001", DeviceState.IDLE);
    assertThat(dialled()).containsExactly("3001");
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void aBusyExtensionMakesItsAgentBusyUntilItIsFree() {
    deskPhone();
    floor.device("3001", DeviceState.BUSY);
    assertThat(phoneOnDesk()).isEqualTo("BUSY");
    floor.arrives(PLAIN);
    floor.pass(Duration.ofSeconds(30));
    assertThat(dialled()).isEmpty();
    floor.device("3001", DeviceState.IDLE);
    assertThat(dialled()).containsExactly("3001");
  }

  @Test
  void aDeskPhoneThatLosesItsRegistrationInMidTalkKeepsTheTalk() {
    deskPhone();
    floor.device("3001", DeviceState.IDLE);
    floor.talking();
    floor.device("3001", DeviceState.UNREGISTERED);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
  }

  // ---- ringing or music, as the line says ----------------------------------------------------

  @Test
  void aCallerOnALineThatRingsHearsRingingAndIsNotAnswered() {
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    LegKey customer = floor.arrives(PLAIN);
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.Ring(customer));
    assertThat(floor.pbx.commands(SwitchCommand.Answer.class)).isEmpty();
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class)).isEmpty();
  }

  @Test
  void aCallerOnALineWithMusicIsAnsweredAndHearsMusicAfterTheAnnouncement() {
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new LegAnswered(customer, floor.tick()));
    SwitchCommand.Announce hello = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class)).isEmpty();
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), hello.playId(), true));
    assertThat(floor.pbx.commands())
        .containsSubsequence(new SwitchCommand.Answer(customer), new SwitchCommand.MusicOn(customer));
    assertThat(floor.pbx.commands(SwitchCommand.Ring.class)).isEmpty();
  }

  // ---- whose call it is ----------------------------------------------------------------------

  static Stream<Function<String, DeskCommand>> commandsOnACall() {
    return Stream.of(
        DeskCommand.Answer::new,
        DeskCommand.Decline::new,
        DeskCommand.Hold::new,
        DeskCommand.Resume::new,
        DeskCommand.HangUp::new,
        call -> new DeskCommand.SendKeys(call, "1"),
        call -> new DeskCommand.Transfer(call, DeskCommand.TransferTo.QUEUE, "care"),
        call -> new DeskCommand.Consult(call, DeskCommand.TransferTo.AGENT, ANN.toString()),
        DeskCommand.Swap::new,
        DeskCommand.CompleteTransfer::new,
        DeskCommand.CancelConsultation::new,
        DeskCommand.Merge::new,
        DeskCommand.Park::new,
        DeskCommand.PickUp::new,
        DeskCommand.PauseRecording::new,
        DeskCommand.ResumeRecording::new,
        call -> new DeskCommand.ChooseCustomer(call, Floor.card().id().toString()),
        call -> new DeskCommand.Verify(call, "address"),
        call -> new DeskCommand.SaveNotes(call, "mine now", 0),
        call -> new DeskCommand.Dispose(call, "solved"),
        call -> new DeskCommand.FinishWrapUp(call, "solved"),
        DeskCommand.ExtendWrapUp::new,
        call -> new DeskCommand.ReportQuality(call, 1, 10, 0, 5, 40, 4.2, 4));
  }

  @ParameterizedTest
  @MethodSource("commandsOnACall")
  void nobodyActsOnTheCallOfSomebodyElse(Function<String, DeskCommand> command) {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.ready(BOB);
    floor.pbx.forgetCommands();
    int before = floor.store.journal.size();
    DeskCommand asked = command.apply(talk.call().toString());
    assertThatThrownBy(() -> floor.command(BOB, asked)).hasCauseInstanceOf(Fault.NotFound.class);
    assertThat(floor.pbx.commands()).isEmpty();
    assertThat(floor.store.journal).hasSize(before);
    assertThat(floor.notes.find(talk.call(), BOB)).isEmpty();
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
  }

  @Test
  void everyCommandThatNamesACallIsTriedOnSomebodyElsesCall() {
    long named =
        Stream.of(DeskCommand.class.getPermittedSubclasses())
            .filter(type -> List.of(type.getRecordComponents()).stream().anyMatch(c -> c.getName().equals("callId")))
            .count();
    assertThat(commandsOnACall().count()).isEqualTo(named);
  }

  private static LiveLeg up(LegKey leg, String bridge) {
    return new LiveLeg(leg, true, bridge, null);
  }

  @Test
  void aTalkThatARestartFindsAgainIsStillNobodyElses() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.kill();
    floor.boot();
    String bridge = "b-" + talk.call();
    floor.link(up(talk.customer(), bridge), up(talk.agent(), bridge));
    floor.open(BOB, "c-2");
    DeskCommand asked = new DeskCommand.HangUp(talk.call().toString());
    assertThatThrownBy(() -> floor.command(BOB, asked)).hasCauseInstanceOf(Fault.NotFound.class);
  }
}
