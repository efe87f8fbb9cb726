package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand.UsePhone;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.testkit.SwitchCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ann has a browser phone and a SIP phone on the table, and chooses in the middle of the day. */
class UsePhoneTest {
  private static final String BROWSER = "2001";
  private static final String SIP = "1001";
  private final Floor floor = new Floor();

  @BeforeEach
  void annHasTwoPhones() {
    Map<AgentId, Agent> agents = new HashMap<>(floor.directory.agents());
    agents.put(
        ANN,
        new Agent(
            ANN, "ann", "ann", List.of(new Device("pbx", BROWSER, Phone.BROWSER)),
            Optional.of(new Device("pbx", SIP, Phone.SIP))));
    floor.directory =
        new Directory(
            floor.directory.lines(), floor.directory.queues(), agents,
            floor.directory.dispositions());
    floor.link().device(SIP, DeviceState.IDLE).ready(ANN);
  }

  private String rung() {
    return floor.pbx.commands(SwitchCommand.Dial.class).getLast().order().address();
  }

  private int dials() {
    return floor.pbx.commands(SwitchCommand.Dial.class).size();
  }

  private Me me() {
    return floor.told.get(ANN).stream()
        .flatMap(
            message ->
                switch (message) {
                  case DeskMessage.Snapshot s -> Optional.of(s.me()).stream();
                  case DeskMessage.MeChanged m -> Optional.of(m.me()).stream();
                  default -> Optional.<Me>empty().stream();
                })
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private void refuses(AgentId agent, UsePhone command, Class<? extends Fault> kind) {
    assertThatThrownBy(() -> floor.command(agent, command)).hasCauseInstanceOf(kind);
  }

  @Test
  void theChosenPhoneRingsAndTheDeskShowsIt() {
    floor.command(ANN, new UsePhone("SIP"));
    assertThat(me().phone()).isEqualTo("SIP");
    assertThat(me().spare()).isEqualTo(new DeskMessage.Spare("BROWSER", BROWSER, "IDLE"));
    floor.arrives(PLAIN);
    assertThat(rung()).isEqualTo(SIP);
  }

  @Test
  void theChoiceIsAudited() {
    floor.command(ANN, new UsePhone("SIP"));
    assertThat(floor.audit.entries).hasSize(1);
    assertThat(floor.audit.entries.getFirst().what()).isEqualTo("phone-chosen");
    assertThat(floor.audit.entries.getFirst().details()).containsEntry("kind", "SIP");
  }

  @Test
  void itIsNotChangedWhileOneRingsOrTalksButInWrapUp() {
    LegKey customer = floor.arrives(PLAIN);
    refuses(ANN, new UsePhone("SIP"), Fault.Refused.class);
    floor.talking(customer);
    refuses(ANN, new UsePhone("SIP"), Fault.Refused.class);
    assertThat(floor.spares.chosen).isEmpty();
    floor.hangsUp(customer);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.WRAP_UP);
    floor.command(ANN, new UsePhone("SIP"));
    assertThat(floor.spares.chosen).containsKey(ANN);
  }

  @Test
  void whoTalksAtTheSparePhoneIsOfferedNothing() {
    floor.device(SIP, DeviceState.BUSY);
    floor.arrives(PLAIN);
    assertThat(dials()).isZero();
    floor.device(SIP, DeviceState.IDLE);
    assertThat(rung()).isEqualTo(BROWSER);
  }

  @Test
  void aSparePhoneThatIsSwitchedOffTakesNobodyOutOfATalk() {
    Floor.Talking talk = floor.talking();
    floor.device(SIP, DeviceState.UNREGISTERED);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    assertThat(floor.shown(ANN)).containsKey(talk.call().toString());
  }

  @Test
  void whereItCannotBeKeptTheOldPhoneGoesOnRinging() {
    floor.spares.away = true;
    refuses(ANN, new UsePhone("SIP"), Fault.Unreachable.class);
    floor.arrives(PLAIN);
    assertThat(rung()).isEqualTo(BROWSER);
  }

  @Test
  void whoHasOnePhoneOrNamesNoneIsToldSo() {
    refuses(BOB, new UsePhone("SIP"), Fault.Refused.class);
    refuses(ANN, new UsePhone("VIRTUAL"), Fault.BadRequest.class);
    refuses(ANN, new UsePhone("fax"), Fault.BadRequest.class);
  }
}
