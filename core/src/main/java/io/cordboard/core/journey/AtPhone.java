package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What agents do by hand at their own phones, as if they had done it at the desk. A number that is dialled
 * there is a call with the leg that is there already; a transfer that the phone asks for hands the customer
 * on. What may not be is refused at the phone; the reason is told at the desk.
 */
final class AtPhone {
  private static final System.Logger LOG = System.getLogger(AtPhone.class.getName());
  private static final String DIAL_REFUSED = "phone-dial-refused";
  private static final String TRANSFER_REFUSED = "phone-transfer-refused";

  private final Ledger ledger;
  private final Journeys journeys;
  private final SwitchBoard switches;
  private final AgentDesk desk;
  private final WhoHas whoHas;

  AtPhone(Ledger ledger, Journeys journeys, SwitchBoard switches, AgentDesk desk) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.switches = switches;
    this.desk = desk;
    this.whoHas = new WhoHas(journeys::directory);
  }

  void dialled(Turn turn, PhoneDials dialled) {
    Directory.Agent agent =
        whoHas.device(dialled.leg().switchId(), dialled.device()).orElse(null);
    if (agent == null) {
      end(dialled);
      return;
    }
    try {
      Handset handset = handset(turn, agent, dialled);
      desk.dial(agent.id(), new DeskCommand.Dial(dialled.number(), null), handset)
          .whenComplete((call, thrown) -> refuse(agent.id(), dialled, thrown));
    } catch (Fault fault) {
      refuse(agent.id(), dialled, fault);
    }
  }

  /** The switch has declined it, so that the phone keeps its call until we have handed the customer on. */
  void transfers(Turn turn, Call call, AgentId agent, TransferAsked asked) {
    if (asked.replaces() != null) {
      tell(
          agent, TRANSFER_REFUSED,
          new Fault.Refused("Your phone joined two calls by itself: ask a colleague at the desk."));
      return;
    }
    String id = call.id().toString();
    journeys
        .directory()
        .byExtension(asked.target(), agent)
        .map(to -> new DeskCommand.Transfer(id, TransferTo.AGENT, to.id().toString()))
        .map(transfer -> desk.command(agent, "", transfer))
        .orElseGet(() -> desk.handOnAtPhone(agent, id, asked.target()))
        .whenComplete((done, thrown) -> tell(agent, TRANSFER_REFUSED, thrown));
  }

  private static Handset handset(Turn turn, Directory.Agent agent, PhoneDials dialled) {
    Device device =
        agent
            .deviceOn(dialled.leg().switchId())
            .filter(used -> used.address().equals(dialled.device()))
            .orElseThrow(
                () ->
                    new Fault.Refused(
                        "You dialled at your other phone: choose it at the desk first."));
    if (turn.agent(agent.id()).desks().isEmpty()) {
      throw new Fault.Refused("Your desk is not open: sign in, then dial.");
    }
    return new Handset(device, dialled.leg());
  }

  private void refuse(AgentId agent, PhoneDials dialled, @Nullable Throwable thrown) {
    if (thrown != null) {
      end(dialled);
      tell(agent, DIAL_REFUSED, thrown);
    }
  }

  private void tell(AgentId agent, String code, @Nullable Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof Fault fault) {
      ledger.ask(
          turn -> {
            journeys.hub().notice(agent, code, fault.getMessage());
            return true;
          });
    } else if (cause != null) {
      LOG.log(System.Logger.Level.ERROR, "What was done at a phone could not be looked after.", cause);
    }
  }

  /** It belongs to no call of ours, so no order of a call ends it. */
  private void end(PhoneDials dialled) {
    switches
        .get(dialled.leg().switchId())
        .ifPresent(s -> s.as(LegControl.class).hangUp(dialled.leg(), HangUp.REJECTED));
  }
}
