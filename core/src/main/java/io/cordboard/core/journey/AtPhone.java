package io.cordboard.core.journey;

import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What agents dial by hand at their own phones is a call like one that is dialled at the desk, with the leg
 * that is there already. What may not be dialled is refused at the phone; the reason is told at the desk.
 */
final class AtPhone {
  private static final System.Logger LOG = System.getLogger(AtPhone.class.getName());
  private static final String REFUSED = "phone-dial-refused";

  private final Ledger ledger;
  private final Journeys journeys;
  private final SwitchBoard switches;
  private final Dials dials;
  private final WhoHas whoHas;

  /** Dials for an agent, from a phone at which they are. */
  interface Dials {
    CompletionStage<CallId> dial(AgentId agent, DeskCommand.Dial said, Handset handset);
  }

  AtPhone(Ledger ledger, Journeys journeys, SwitchBoard switches, Dials dials) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.switches = switches;
    this.dials = dials;
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
      dials
          .dial(agent.id(), new DeskCommand.Dial(dialled.number(), null), handset)
          .whenComplete((call, thrown) -> refuse(agent.id(), dialled, thrown));
    } catch (Fault fault) {
      refuse(agent.id(), dialled, fault);
    }
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
    if (thrown == null) {
      return;
    }
    end(dialled);
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof Fault fault) {
      ledger.ask(
          turn -> {
            journeys.hub().notice(agent, REFUSED, fault.getMessage());
            return true;
          });
    } else {
      LOG.log(System.Logger.Level.ERROR, "What was dialled at a phone could not be looked after.", cause);
    }
  }

  /** It belongs to no call of ours, so no order of a call ends it. */
  private void end(PhoneDials dialled) {
    switches
        .get(dialled.leg().switchId())
        .ifPresent(s -> s.as(LegControl.class).hangUp(dialled.leg(), HangUp.REJECTED));
  }
}
