package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact.Disposed;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskSink;
import io.cordboard.core.profile.Notes;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.VirtualPhones;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What agents ask for, carried out on the ledger's thread. */
public final class AgentDesk implements DeskDoor {
  private final Ledger ledger;
  private final Journeys journeys;
  private final SwitchBoard switches;
  private final CallFile file;
  private final Set<String> arriving = new HashSet<>();

  public AgentDesk(Ledger ledger, Journeys journeys, SwitchBoard switches, CallFile.Files files) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.switches = switches;
    this.file = new CallFile(ledger, journeys, files);
  }

  /** Customers on desks right now. */
  public LiveCustomers liveCustomers() {
    return file;
  }

  // ---- connections ---------------------------------------------------------------------------

  /** Notes that were typed before a restart are read first: a desk goes on from what stands. */
  @Override
  public void attach(AgentId id, String connection, DeskSink sink) {
    ledger
        .ask(
            turn -> {
              arriving.add(connection);
              return file.withoutNotes(turn, id);
            })
        .thenComposeAsync(
            calls -> {
              Map<CallId, Note> read = file.notes(calls, id);
              return ledger.ask(
                  turn -> {
                    read.forEach((call, note) -> file.noted(turn, call, id, note));
                    return arriving.remove(connection) && attached(turn, id, connection, sink);
                  });
            },
            file.slow());
  }

  private boolean attached(
      Turn turn, AgentId id, String connection, DeskSink sink) {
    Agent agent = turn.agent(id);
    turn.agents().deskOpened(agent, connection);
    journeys.hub().me(id, journeys.desks().me(turn.agents(), agent));
    journeys.desks().showAgain(turn.agents(), turn.calls(), id);
    journeys.desks().tasks(id);
    journeys.hub().attach(id, connection, sink);
    journeys.desks().queues(turn.agents());
    turn.touch(id);
    virtualPhone(id, true);
    return true;
  }

  @Override
  public void detach(AgentId id, String connection) {
    ledger.ask(
        turn -> {
          arriving.remove(connection);
          Agent agent = turn.agent(id);
          turn.agents().deskClosed(agent, connection, turn.now());
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
          // another queue of theirs owes other calls
          journeys.desks().tasks(turn.agents());
          return true;
        });
  }

  // ---- commands ------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> command(AgentId agent, String connection, DeskCommand command) {
    return switch (command) {
      case DeskCommand.SaveNotes save -> file.saveNotes(agent, save);
      case DeskCommand.ChooseCustomer choose -> file.choose(agent, choose);
      case DeskCommand.Verify verify -> file.verify(agent, verify);
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
      case DeskCommand.NotReady c -> notReady(turn, agent, Mine.code(c.reason(), "reason"));
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
      case DeskCommand.Dispose c -> dispose(turn, Mine.part(turn, agent, c.callId()), c.disposition());
      case DeskCommand.FinishWrapUp c -> finish(turn, agent, c);
      case DeskCommand.AskSnapshot c -> journeys.hub().snapshot(agent, connection);
      case DeskCommand.TakeAudio c -> {
        turn.agents().takeAudio(turn.agent(agent), connection);
        turn.touch(agent);
      }
      case DeskCommand.SaveNotes _, DeskCommand.ChooseCustomer _, DeskCommand.Verify _ ->
          throw new Fault.Bug("What needs the database never runs on the ledger's thread.", null);
    }
  }

  /** Who wants none while one rings refuses that one. */
  private void notReady(Turn turn, AgentId agent, String reason) {
    CallId held = held(turn, agent);
    if (turn.agent(agent).state() == AgentState.OFFERED && held != null) {
      Mine mine = offer(turn, agent, held.toString());
      journeys.inbound().closeOffer(turn, mine.call(), mine.segment(), OfferState.DECLINED);
    }
    turn.signal(agent, AgentSignal.GO_NOT_READY, reason, held(turn, agent));
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
    if (!on && !mine.call().held() && mine.call().heldByDevice()) {
      throw new Fault.Refused("Your phone holds this call: resume it there.");
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
    Mine mine = Mine.part(turn, agent, command.callId());
    if (!mine.segment().wrappingUp()) {
      throw new Fault.Refused("This call is not in wrap-up; there is nothing to finish.");
    }
    if (command.disposition() != null) {
      dispose(turn, mine, command.disposition());
    }
    InboundCall.finish(turn, mine.call(), mine.segment(), false);
  }

  // ---- whose call it is ----------------------------------------------------------------------

  private static Mine offer(Turn turn, AgentId agent, String callId) {
    Mine mine = Mine.part(turn, agent, callId);
    if (!mine.segment().offer().open()) {
      throw new Fault.Refused("This call does not ring at your desk any more.");
    }
    return mine;
  }

  private static Mine talk(Turn turn, AgentId agent, String callId) {
    Mine mine = Mine.part(turn, agent, callId);
    if (!mine.segment().talking()) {
      throw new Fault.Refused("You are not connected to this call.");
    }
    return mine;
  }

  // ---- supervisors ---------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> release(AgentId id, String by) {
    return ledger.ask(
        turn -> {
          Agent agent = turn.agent(id);
          CallId held = agent.call();
          turn.signal(id, AgentSignal.RELEASE, "released", null);
          Optional.ofNullable(held)
              .flatMap(turn::call)
              .ifPresent(call -> letGo(turn, call, id));
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
