package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.Ledger;
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
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.VirtualPhones;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What agents ask for, carried out on the ledger's thread. */
public final class AgentDesk implements DeskDoor {
  private final Ledger ledger;
  private final Journeys journeys;
  private final SwitchBoard switches;
  private final CallFile file;
  private final HearQuality quality;
  private final UsePhone phones;
  private final CorrectRecord records;
  private final Set<String> arriving = new HashSet<>();

  public AgentDesk(Ledger ledger, Journeys journeys, SwitchBoard switches, CallFile.Files files) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.switches = switches;
    this.file = new CallFile(ledger, journeys, files);
    this.quality = new HearQuality(ledger, journeys, files.qualities(), files.slow());
    this.phones = new UsePhone(ledger, journeys, files.phones(), files.slow());
    this.records = new CorrectRecord(ledger, journeys, files.records(), files.slow());
    journeys.callBacksDialled(this::dialsOutside, file::asked);
    journeys.usedAtPhones(new AtPhone(ledger, journeys, switches, this));
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
              Map<CallFile.Owed, Note> read = file.notes(calls);
              return ledger.ask(
                  turn -> {
                    read.forEach((owed, note) -> file.noted(turn, owed, note));
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
    journeys.desks().showAgain(turn.calls(), id);
    journeys.desks().tasks(id);
    journeys.hub().attach(id, connection, sink);
    journeys.desks().queues(turn.agents(), turn.calls(), id);
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
          journeys.desks().queues(turn.agents(), turn.calls());
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
      case DeskCommand.ReportQuality said -> quality.said(agent, said);
      case DeskCommand.UsePhone use -> phones.chosen(agent, use);
      case DeskCommand.Dispose said -> dispose(agent, said);
      case DeskCommand.Dial dial -> dial(agent, dial).thenApply(call -> null);
      case DeskCommand.Transfer c when c.to() == DeskCommand.TransferTo.NUMBER ->
          file.outside(c.target())
              .thenCompose(
                  number ->
                      ledger.ask(
                          turn ->
                              transferOutside(turn, served(turn, agent, c.callId()), number)));
      case DeskCommand.Consult c when c.to() == DeskCommand.TransferTo.NUMBER ->
          file.outside(c.target())
              .thenCompose(
                  number ->
                      ledger.ask(
                          turn -> consultOutside(turn, served(turn, agent, c.callId()), number)));
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
      case DeskCommand.SendKeys c -> sendKeys(turn, served(turn, agent, c.callId()), c.keys());
      case DeskCommand.Transfer c -> transfer(turn, served(turn, agent, c.callId()), c);
      case DeskCommand.Consult c -> consult(turn, served(turn, agent, c.callId()), c);
      case DeskCommand.Park c -> journeys.inbound().parking().park(turn, served(turn, agent, c.callId()));
      case DeskCommand.PickUp c -> journeys.inbound().parking().pickUp(turn, agent, c.callId());
      case DeskCommand.Swap c -> consulting().swap(turn, talk(turn, agent, c.callId()));
      case DeskCommand.CompleteTransfer c ->
          consulting().complete(turn, talk(turn, agent, c.callId()));
      case DeskCommand.CancelConsultation c ->
          consulting().cancel(turn, talk(turn, agent, c.callId()));
      case DeskCommand.Merge c -> consulting().merge(turn, talk(turn, agent, c.callId()));
      case DeskCommand.HangUp c -> hangUp(turn, agent, c.callId());
      case DeskCommand.PauseRecording c ->
          journeys.talk().pauseRecording(turn, served(turn, agent, c.callId()).call(), agent, true);
      case DeskCommand.ResumeRecording c ->
          journeys.talk().pauseRecording(turn, served(turn, agent, c.callId()).call(), agent, false);
      case DeskCommand.FinishWrapUp c -> journeys.outcomes().finish(turn, agent, c);
      case DeskCommand.ExtendWrapUp c -> journeys.outcomes().extend(turn, agent, c.callId());
      case DeskCommand.AskSnapshot c -> journeys.hub().snapshot(agent, connection);
      case DeskCommand.TakeAudio c -> {
        turn.agents().takeAudio(turn.agent(agent), connection);
        turn.touch(agent);
      }
      case DeskCommand.SaveNotes _, DeskCommand.ChooseCustomer _, DeskCommand.Verify _,
          DeskCommand.ReportQuality _, DeskCommand.UsePhone _, DeskCommand.Dispose _,
          DeskCommand.Dial _ ->
          throw new Fault.Bug("What needs the database never runs on the ledger's thread.", null);
      case DeskCommand.WatchTeam _, DeskCommand.LeaveTeam _ ->
          throw new Fault.Bug("The team's board is not the agent's own desk.", null);
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
      throw new Fault.Refused("In a call: end it, then sign out.");
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
    Mine mine = served(turn, agent, callId);
    if (mine.segment().lostAt() != 0) {
      throw new Fault.Refused("Your phone is being connected again: the customer hears music.");
    }
    if (!on && !mine.call().held() && mine.call().heldByDevice()) {
      throw new Fault.Refused("Your phone holds this call: resume it there.");
    }
    journeys.talk().hold(turn, mine.call(), agent, on);
  }

  private Consulting consulting() {
    return journeys.inbound().consulting();
  }

  private void consult(Turn turn, Mine mine, DeskCommand.Consult command) {
    switch (command.to()) {
      case AGENT -> consulting().begin(turn, mine, AgentId.parse(command.target()));
      case QUEUE -> consulting().begin(turn, mine, queue(command.target()));
      case NUMBER -> throw new Fault.Bug("A number is read before it comes to the ledger.", null);
    }
  }

  private Directory.Queue queue(String id) {
    return Optional.ofNullable(journeys.directory().queues().get(id))
        .orElseThrow(() -> new Fault.NotFound("This queue does not exist."));
  }

  private @Nullable Void consultOutside(Turn turn, Mine mine, String number) {
    journeys.inbound().outsiders().ask(turn, mine, number, this::dialsOutside);
    return null;
  }

  private @Nullable Void transferOutside(Turn turn, Mine mine, String number) {
    journeys.inbound().outsiders().handOn(turn, mine, number, this::dialsOutside);
    return null;
  }

  private void hangUp(Turn turn, AgentId agent, String callId) {
    Mine mine = Mine.part(turn, agent, callId);
    if (!OutboundCall.dialling(mine.call(), mine.segment())) {
      hangUp(turn, talk(turn, agent, callId));
    } else if (mine.segment().offer().open()) {
      journeys.outbound().withdraw(turn, mine.call(), mine.segment());
    } else {
      OutboundCall.giveUp(turn, mine.call());
    }
  }

  private void hangUp(Turn turn, Mine mine) {
    if (!consulting().hangUp(turn, mine)) {
      Call call = mine.call();
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
    }
  }

  private static void sendKeys(Turn turn, Mine mine, String keys) {
    String checked = LegControl.checkedKeys(keys);
    Call call = mine.call();
    if (call.phase() != Call.Phase.TALKING) {
      throw new Fault.Refused("The customer is on hold: take them back, then send keys.");
    }
    turn.effect(call, new Effect.SendKeys(call.customerLeg().key(), checked));
  }

  private void transfer(Turn turn, Mine mine, DeskCommand.Transfer command) {
    HandingOn handingOn = journeys.inbound().handingOn();
    switch (command.to()) {
      case AGENT -> handingOn.toAgent(turn, mine, AgentId.parse(command.target()));
      case QUEUE -> handingOn.toQueue(turn, mine, command.target());
      case NUMBER -> throw new Fault.Bug("A number is read before it comes to the ledger.", null);
    }
  }

  @Override
  public CompletionStage<Void> correct(AgentId agent, CallId call, Correction now) {
    return records.corrected(agent, call, now);
  }

  @Override
  public CompletionStage<CallId> dial(AgentId agent, DeskCommand.Dial said) {
    return dial(agent, said, null);
  }

  CompletionStage<CallId> dial(
      AgentId agent, DeskCommand.Dial said, @Nullable Handset handset) {
    Directory.Agent colleague = journeys.directory().byExtension(said.number(), agent).orElse(null);
    if (colleague != null && !OutsideNumbers.emergency(said.number())) {
      String extension = said.number().strip();
      return ledger.ask(
          turn -> journeys.outbound().dialInside(turn, agent, colleague, extension, handset));
    }
    return CompletableFuture.supplyAsync(
            () -> {
              if (handset != null) {
                file.checkRight(agent, said.number());
              }
              return wish(agent, said);
            },
            file.slow())
        .thenCompose(
            wish ->
                ledger.ask(
                    turn ->
                        journeys.outbound().dial(turn, agent, wish, handset, this::dialsOutside)));
  }

  /** A customer is handed on by the phone's own key to a number, which no session has vouched for. */
  CompletionStage<Void> handOnAtPhone(AgentId agent, String callId, String typed) {
    return file.outsideAtPhone(agent, typed)
        .thenCompose(
            number ->
                ledger.ask(
                    turn -> transferOutside(turn, served(turn, agent, callId), number)));
  }

  private OutboundCall.Wish wish(AgentId agent, DeskCommand.Dial said) {
    String queue = said.queue();
    if (queue != null && !journeys.directory().queues().containsKey(queue)) {
      throw new Fault.NotFound("There is no such queue.");
    }
    return file.wish(agent, said);
  }

  private boolean dialsOutside(String switchId) {
    return switches
        .get(switchId)
        .filter(s -> s.capabilities().contains(Capability.OUTSIDE_DIALLING))
        .isPresent();
  }

  /** A fact of the call while it lives; after that a change of its record. */
  private CompletionStage<Void> dispose(AgentId agent, DeskCommand.Dispose said) {
    return ledger
        .ask(
            turn -> {
              boolean lives = Outcomes.lives(turn, said.callId());
              if (lives) {
                journeys.outcomes().say(turn, agent, said);
              }
              return lives;
            })
        .thenCompose(
            lives ->
                lives ? CompletableFuture.completedFuture(null) : records.disposed(agent, said));
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

  /** A talk with the customer, not with a colleague. */
  private static Mine served(Turn turn, AgentId agent, String callId) {
    Mine mine = talk(turn, agent, callId);
    InsideCall.checkCustomer(mine.call());
    if (!mine.segment().served()) {
      throw new Fault.Refused("The customer is your colleague's: you are asked for advice.");
    }
    if (!mine.call().reached()) {
      throw new Fault.Refused("The customer is not connected yet: wait for the answer, or hang up.");
    }
    if (mine.segment().aside()) {
      throw new Fault.Refused("You consult somebody: take the customer back first.");
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
        journeys.inbound().release(turn, call, segment);
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

  @Override
  public TransferTargets targets(AgentId asking) {
    return ledger
        .ask(turn -> journeys.inbound().handingOn().targets(turn, asking, this::dialsOutside))
        .toCompletableFuture()
        .join();
  }

  @Override
  public CompletionStage<Look> look(AgentId id) {
    return ledger.ask(
        turn ->
            new Look(
                journeys.desks().me(turn.agents(), turn.agent(id)),
                journeys.hub().calls(id),
                journeys.desks().loads(turn.agents(), turn.calls(), id)));
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
