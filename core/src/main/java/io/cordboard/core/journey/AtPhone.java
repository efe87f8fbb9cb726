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
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What agents do by hand at their own phones, as if they had done it at the desk. A number that is dialled
 * there is a call with the leg that is there already; a transfer that the phone asks for hands the customer
 * on. What may not be is refused at the phone; the reason is told at the desk. Used on the ledger's thread.
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
  private final Set<AgentId> pending = new HashSet<>();

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
    if (agent == null || !begin(agent.id())) {
      end(dialled);
      return;
    }
    try {
      Handset handset = handset(turn, agent, dialled);
      journeys
          .outbound()
          .checkFree(turn, agent.id(), OutsideNumbers.emergency(dialled.number()), handset);
      desk.dial(agent.id(), new DeskCommand.Dial(dialled.number(), null), handset)
          .whenComplete(
              (call, thrown) -> {
                if (thrown != null) {
                  end(dialled);
                }
                over(agent.id(), DIAL_REFUSED, thrown);
              });
    } catch (Fault fault) {
      end(dialled);
      over(agent.id(), DIAL_REFUSED, fault);
    }
  }

  /** The switch has declined it, so that the phone keeps its call until we have handed the customer on. */
  void transfers(Turn turn, Call call, AgentId agent, TransferAsked asked) {
    if (!begin(agent)) {
      return;
    }
    if (asked.replaces() != null) {
      over(
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
        .whenComplete((done, thrown) -> over(agent, TRANSFER_REFUSED, thrown));
  }

  /** One at a time of each agent: what a phone sends in a loop must not keep others waiting. */
  private boolean begin(AgentId agent) {
    return pending.add(agent);
  }

  private void over(AgentId agent, String code, @Nullable Throwable thrown) {
    Fault fault =
        thrown == null
            ? null
            : Fault.of(thrown, "What was done at a phone could not be looked after: see the log.");
    if (fault instanceof Fault.Bug) {
      LOG.log(System.Logger.Level.ERROR, fault.getMessage(), fault);
    }
    ledger.ask(
        turn -> {
          pending.remove(agent);
          if (fault != null) {
            journeys.hub().notice(agent, code, fault.getMessage());
          }
          return true;
        });
  }

  /** An emergency is dialled at any phone of an agent, with or without a desk. */
  private static Handset handset(Turn turn, Directory.Agent agent, PhoneDials dialled) {
    boolean emergency = OutsideNumbers.emergency(dialled.number());
    Device device =
        agent
            .phones()
            .filter(own -> own.switchId().equals(dialled.leg().switchId()))
            .filter(own -> own.address().equals(dialled.device()))
            .filter(own -> emergency || agent.devices().contains(own))
            .findFirst()
            .orElseThrow(
                () ->
                    new Fault.Refused(
                        "You dialled at your other phone: choose it at the desk first."));
    if (!emergency && turn.agent(agent.id()).desks().isEmpty()) {
      throw new Fault.Refused("Your desk is not open: sign in, then dial.");
    }
    return new Handset(device, dialled.leg());
  }

  /** It belongs to no call of ours, so no order of a call ends it. */
  private void end(PhoneDials dialled) {
    switches
        .get(dialled.leg().switchId())
        .ifPresent(s -> s.as(LegControl.class).hangUp(dialled.leg(), HangUp.REJECTED));
  }
}
