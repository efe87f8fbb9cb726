package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact.CallerVerified;
import io.cordboard.core.call.LedgerFact.CustomerChosen;
import io.cordboard.core.call.LedgerFact.Disposed;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.Notes;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.VirtualPhones;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What agents ask for, carried out on the ledger's thread. */
public final class AgentDesk implements DeskDoor {
  private static final int LONGEST_NOTE = 20_000;

  private final Ledger ledger;
  private final Journeys journeys;
  private final SwitchBoard switches;
  private final Notes notes;
  private final CardStore cards;

  public AgentDesk(
      Ledger ledger, Journeys journeys, SwitchBoard switches, Notes notes, CardStore cards) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.switches = switches;
    this.notes = notes;
    this.cards = cards;
  }

  // ---- connections ---------------------------------------------------------------------------

  @Override
  public void attach(AgentId id, String connection, Consumer<DeskMessage> sink) {
    ledger.ask(
        turn -> {
          Agent agent = turn.agent(id);
          turn.agents().deskOpened(agent, connection);
          journeys.hub().me(id, journeys.desks().me(turn.agents(), agent));
          journeys.hub().attach(id, connection, sink);
          journeys.desks().queues(turn.agents());
          turn.touch(id);
          virtualPhone(id, true);
          return agent;
        });
  }

  @Override
  public void detach(AgentId id, String connection) {
    ledger.ask(
        turn -> {
          Agent agent = turn.agent(id);
          turn.agents().deskClosed(agent, connection);
          journeys.hub().detach(id, connection);
          turn.touch(id);
          if (agent.desks().isEmpty()) {
            virtualPhone(id, false);
          }
          return agent;
        });
  }

  /** A phone without a body is there while a desk is open. */
  private void virtualPhone(AgentId id, boolean present) {
    Directory.Agent agent = journeys.directory().agents().get(id);
    if (agent == null) {
      return;
    }
    for (Directory.Device device : agent.devices()) {
      if (device.phone() == Directory.Phone.VIRTUAL) {
        switches
            .get(device.switchId())
            .filter(s -> s.capabilities().contains(Capability.VIRTUAL_PHONES))
            .ifPresent(s -> s.as(VirtualPhones.class).register(device.address(), present));
      }
    }
  }

  /** Tells desks the load of their queues; called about once a second. */
  public void tick() {
    ledger.ask(
        turn -> {
          journeys.desks().queues(turn.agents());
          return true;
        });
  }

  // ---- commands ------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> command(AgentId agent, String connection, DeskCommand command) {
    return switch (command) {
      case DeskCommand.SaveNotes save -> saveNotes(agent, save);
      case DeskCommand.ChooseCustomer choose -> chooseCustomer(agent, choose);
      default ->
          ledger.ask(
              turn -> {
                carryOut(turn, agent, connection, command);
                return null;
              });
    };
  }

  private void carryOut(Turn turn, AgentId agent, String connection, DeskCommand command) {
    switch (command) {
      case DeskCommand.Ready c -> turn.signal(agent, AgentSignal.GO_READY, null, held(turn, agent));
      case DeskCommand.NotReady c ->
          turn.signal(agent, AgentSignal.GO_NOT_READY, reason(c.reason()), held(turn, agent));
      case DeskCommand.SignOut c -> signOut(turn, agent);
      case DeskCommand.Answer c -> answer(turn, offer(turn, agent, c.callId()));
      case DeskCommand.Decline c -> {
        Mine mine = offer(turn, agent, c.callId());
        journeys.inbound().closeOffer(turn, mine.call(), mine.segment(), OfferState.DECLINED);
      }
      case DeskCommand.Hold c -> hold(turn, agent, c.callId(), true);
      case DeskCommand.Resume c -> hold(turn, agent, c.callId(), false);
      case DeskCommand.HangUp c -> {
        Call call = talk(turn, agent, c.callId()).call();
        turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
      }
      case DeskCommand.PauseRecording c ->
          journeys.talk().pauseRecording(turn, talk(turn, agent, c.callId()).call(), agent, true);
      case DeskCommand.ResumeRecording c ->
          journeys.talk().pauseRecording(turn, talk(turn, agent, c.callId()).call(), agent, false);
      case DeskCommand.Verify c -> {
        Call call = part(turn, agent, c.callId()).call();
        turn.record(call, new CallerVerified(turn.now(), agent, code(c.method(), "method")));
      }
      case DeskCommand.Dispose c -> dispose(turn, part(turn, agent, c.callId()), c.disposition());
      case DeskCommand.FinishWrapUp c -> finish(turn, agent, c);
      case DeskCommand.AskSnapshot c -> journeys.hub().snapshot(agent, connection);
      case DeskCommand.TakeAudio c -> {
        turn.agents().takeAudio(turn.agent(agent), connection);
        turn.touch(agent);
      }
      case DeskCommand.SaveNotes c -> throw new Fault.Bug("Notes are saved elsewhere.", null);
      case DeskCommand.ChooseCustomer c -> throw new Fault.Bug("Chosen elsewhere.", null);
    }
  }

  private static @Nullable CallId held(Turn turn, AgentId agent) {
    return turn.agent(agent).call();
  }

  private static void signOut(Turn turn, AgentId agent) {
    AgentState state = turn.agent(agent).state();
    if (state.busy()) {
      throw new Fault.Refused("You are in a call: end it, then sign out.");
    }
    turn.signal(agent, AgentSignal.SIGN_OUT, null, null);
  }

  private void answer(Turn turn, Mine mine) {
    boolean virtual =
        Optional.ofNullable(journeys.directory().agents().get(mine.segment().agent()))
            .flatMap(agent -> agent.deviceOn(mine.segment().leg().switchId()))
            .map(device -> device.phone() == Directory.Phone.VIRTUAL)
            .orElse(false);
    if (!virtual) {
      throw new Fault.Refused("This call rings at your phone: answer it there.");
    }
    turn.effect(mine.call(), new Effect.Lift(mine.segment().leg()));
  }

  private void hold(Turn turn, AgentId agent, String callId, boolean on) {
    Mine mine = talk(turn, agent, callId);
    if (mine.segment().lostAt() != 0) {
      throw new Fault.Refused("Your phone is being connected again: the customer hears music.");
    }
    journeys.talk().hold(turn, mine.call(), agent, on);
  }

  private void dispose(Turn turn, Mine mine, String disposition) {
    boolean known =
        journeys.directory().dispositions().stream().anyMatch(d -> d.code().equals(disposition));
    if (!known) {
      throw new Fault.BadRequest(
          "'%s' is no disposition: choose one of the list.".formatted(Fault.excerpt(disposition)));
    }
    turn.record(mine.call(), new Disposed(turn.now(), mine.segment().n(), disposition));
  }

  private void finish(Turn turn, AgentId agent, DeskCommand.FinishWrapUp command) {
    Mine mine = part(turn, agent, command.callId());
    if (!mine.segment().wrappingUp()) {
      throw new Fault.Refused("This call is not in wrap-up; there is nothing to finish.");
    }
    if (command.disposition() != null) {
      dispose(turn, mine, command.disposition());
    }
    InboundCall.finish(turn, mine.call(), mine.segment(), false);
  }

  private CompletionStage<Void> saveNotes(AgentId agent, DeskCommand.SaveNotes save) {
    if (save.text().length() > LONGEST_NOTE) {
      return CompletableFuture.failedFuture(
          new Fault.BadRequest(
              "The note is too long: at most %d characters.".formatted(LONGEST_NOTE)));
    }
    CallId id = CallId.parse(save.callId());
    return ledger
        .ask(turn -> sees(agent, save.callId()))
        .thenComposeAsync(
            seen -> {
              Note stands = notes.save(id, agent, save.text(), save.revision());
              return ledger.ask(
                  turn -> {
                    journeys.faces().note(id, agent, stands);
                    turn.call(id).ifPresent(turn::touch);
                    return null;
                  });
            });
  }

  private boolean sees(AgentId agent, String callId) {
    if (!journeys.hub().shows(agent, callId)) {
      throw new Fault.NotFound("This call is not on your desk.");
    }
    return true;
  }

  private CompletionStage<Void> chooseCustomer(AgentId agent, DeskCommand.ChooseCustomer choose) {
    CustomerId customer = CustomerId.parse(choose.customerId());
    return ledger
        .ask(turn -> part(turn, agent, choose.callId()).call().id())
        .thenApplyAsync(
            call ->
                cards
                    .byId(customer)
                    .orElseThrow(() -> new Fault.NotFound("This customer does not exist.")))
        .thenCompose(
            card ->
                ledger.ask(
                    turn -> {
                      chosen(turn, agent, choose.callId(), card);
                      return null;
                    }));
  }

  private void chosen(Turn turn, AgentId agent, String callId, Card card) {
    Call call = part(turn, agent, callId).call();
    journeys.faces().show(call.id(), card);
    turn.record(call, new CustomerChosen(turn.now(), agent, card.id()));
  }

  // ---- whose call it is ----------------------------------------------------------------------

  private record Mine(Call call, Segment segment) {}

  /** The agent's last part of a live call. */
  private static Mine part(Turn turn, AgentId agent, String callId) {
    Call call =
        turn.call(CallId.parse(callId))
            .orElseThrow(() -> new Fault.NotFound("This call is over and closed."));
    return call.segments().stream()
        .filter(segment -> segment.agent().equals(agent))
        .reduce((a, b) -> b)
        .map(segment -> new Mine(call, segment))
        .orElseThrow(() -> new Fault.NotFound("This call is not on your desk."));
  }

  private static Mine offer(Turn turn, AgentId agent, String callId) {
    Mine mine = part(turn, agent, callId);
    if (!mine.segment().offer().open()) {
      throw new Fault.Refused("This call does not ring at your desk any more.");
    }
    return mine;
  }

  private static Mine talk(Turn turn, AgentId agent, String callId) {
    Mine mine = part(turn, agent, callId);
    if (!mine.segment().talking()) {
      throw new Fault.Refused("You are not connected to this call.");
    }
    return mine;
  }

  private static String reason(String reason) {
    return code(reason, "reason");
  }

  private static String code(String text, String what) {
    if (!text.matches("[a-z0-9-]{1,40}")) {
      throw new Fault.BadRequest(
          "'%s' is no %s: a short code such as lunch.".formatted(Fault.excerpt(text), what));
    }
    return text;
  }

  // ---- supervisors ---------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> release(AgentId id, String by) {
    return ledger.ask(
        turn -> {
          Agent agent = turn.agent(id);
          CallId held = agent.call();
          Call call = held == null ? null : turn.call(held).orElse(null);
          if (call != null) {
            letGo(turn, call, id);
          }
          turn.signal(id, AgentSignal.RELEASE, "released", null);
          return null;
        });
  }

  private void letGo(Turn turn, Call call, AgentId agent) {
    for (Segment segment : List.copyOf(call.segments())) {
      if (!segment.agent().equals(agent)) {
        continue;
      }
      if (segment.offer().open()) {
        journeys.inbound().closeOffer(turn, call, segment, OfferState.WITHDRAWN);
      } else if (segment.talking()) {
        journeys.talk().giveBack(turn, call, segment, "RELEASED", "released");
      } else if (segment.wrappingUp()) {
        InboundCall.finish(turn, call, segment, true);
      }
    }
  }

  @Override
  public List<AgentStatus> agents() {
    return ledger
        .ask(
            turn ->
                journeys.directory().agents().values().stream()
                    .sorted((a, b) -> a.user().compareTo(b.user()))
                    .map(agent -> status(turn, agent))
                    .toList())
        .toCompletableFuture()
        .join();
  }

  private AgentStatus status(Turn turn, Directory.Agent known) {
    Agent agent = turn.agent(known.id());
    DeskMessage.Me me = journeys.desks().me(turn.agents(), agent);
    CallId call = agent.call();
    return new AgentStatus(
        me.agentId(),
        me.user(),
        me.name(),
        me.state(),
        me.reason(),
        Clock.instant(agent.since()),
        call == null ? null : call.toString(),
        me.phoneState(),
        !agent.desks().isEmpty());
  }
}
