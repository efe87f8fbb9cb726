package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.LedgerFact.CallerVerified;
import io.cordboard.core.call.LedgerFact.CustomerChosen;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.Notes;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a desk asks of a call that needs the customers' database: notes, whose call it is, cards. */
public final class CallFile implements LiveCustomers {
  private static final int LONGEST_NOTE = 20_000;

  private final Ledger ledger;
  private final Journeys journeys;
  private final Files files;

  /**
   * What is read and written beside the ledger.
   *
   * @param outside which numbers may be dialled
   * @param doNotCall which customers may not
   * @param dialRight a fault where this user may not dial outside: asked for what is done at a phone by hand,
   *     where no session vouches for them
   * @param slow where reads and writes of the database run: never on the ledger's thread
   */
  public record Files(
      Notes notes, CardStore cards, CallWords words, TalkQualities qualities,
      UsePhone.Choice phones, CorrectRecord.Records records, OutsideNumbers outside,
      DoNotCall doNotCall,
      Consumer<AgentId> dialRight,
      Executor slow) {}

  CallFile(Ledger ledger, Journeys journeys, Files files) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.files = files;
  }

  private static final System.Logger LOG = System.getLogger(CallFile.class.getName());

  /** What an agent wants to dial, if its customer may be called. For {@link #slow}. */
  OutboundCall.Wish wish(AgentId agent, DeskCommand.Dial said) {
    OutboundCall.Wish wish = asked(said.number(), said.queue());
    if (wish.found() != null && !wish.outside().emergency()) {
      files.doNotCall().check(agent, wish.found(), said.despite());
    }
    return wish;
  }

  /** The number that is dialled, and whom it points to: they asked for the call. For {@link #slow}. */
  OutboundCall.Wish asked(String typed, @Nullable String queue) {
    OutsideNumbers.Outside number = files.outside().read(typed);
    if (number.emergency()) {
      // nobody's, and not to wait for a database
      return new OutboundCall.Wish(number, queue, List.of());
    }
    try {
      return new OutboundCall.Wish(
          number, queue, files.cards().byNumbers(List.of(number.number())));
    } catch (Fault away) {
      LOG.log(System.Logger.Level.WARNING, "Nobody could be looked up before dialling.", away);
      return new OutboundCall.Wish(number, queue, null);
    }
  }

  /** The number as it is dialled; through the stage a fault that says why not. */
  CompletionStage<String> outside(String typed) {
    return CompletableFuture.supplyAsync(
        () -> files.outside().read(typed).number(), files.slow());
  }

  /** The same where it is dialled by hand at the agent's phone; an emergency number needs no right. */
  CompletionStage<String> outsideAtPhone(AgentId agent, String typed) {
    return CompletableFuture.supplyAsync(
        () -> {
          checkRight(agent, typed);
          return files.outside().read(typed).number();
        },
        files.slow());
  }

  /** For {@link #slow}. */
  void checkRight(AgentId agent, String typed) {
    if (!OutsideNumbers.emergency(typed)) {
      files.dialRight().accept(agent);
    }
  }

  Executor slow() {
    return files.slow();
  }

  // ---- notes ---------------------------------------------------------------------------------

  /** Whose note of which call. */
  record Owed(CallId call, AgentId agent) {}

  /** Notes in this agent's calls, also the other agents', that were not read since a restart. */
  List<Owed> withoutNotes(Turn turn, AgentId agent) {
    return turn.calls().stream()
        .filter(
            call ->
                call.knownAgent().filter(agent::equals).isPresent()
                    || call.segments().stream().anyMatch(part -> part.agent().equals(agent)))
        .flatMap(
            call ->
                Stream.concat(Stream.of(agent), call.segments().stream().map(Segment::agent))
                    .distinct()
                    .map(by -> new Owed(call.id(), by)))
        .filter(owed -> !journeys.faces().hasNote(owed.call(), owed.agent()))
        .toList();
  }

  /** While the database is away the desk opens without: a save gets what stands. */
  Map<Owed, Note> notes(List<Owed> calls) {
    Map<Owed, Note> read = new LinkedHashMap<>();
    try {
      calls.forEach(
          owed ->
              files.notes().find(owed.call(), owed.agent()).ifPresent(note -> read.put(owed, note)));
    } catch (Fault.Unreachable away) {
      read.clear();
    }
    return read;
  }

  void noted(Turn turn, Owed owed, Note note) {
    if (!journeys.faces().hasNote(owed.call(), owed.agent())) {
      journeys.faces().note(owed.call(), owed.agent(), note);
      turn.call(owed.call()).ifPresent(turn::touch);
    }
  }

  CompletionStage<Void> saveNotes(AgentId agent, DeskCommand.SaveNotes save) {
    try {
      checkedNote(save.text());
    } catch (Fault.BadRequest tooLong) {
      return CompletableFuture.failedFuture(tooLong);
    }
    CallId id = CallId.parse(save.callId());
    return ledger
        .ask(turn -> sees(agent, save.callId()))
        .thenComposeAsync(
            seen -> {
              Note stands = files.notes().save(id, agent, save.text(), save.revision());
              return ledger.ask(
                  turn -> {
                    journeys.faces().note(id, agent, stands);
                    turn.call(id).ifPresent(turn::touch);
                    return null;
                  });
            },
            files.slow());
  }

  static @Nullable String checkedNote(@Nullable String text) {
    if (text != null && text.length() > LONGEST_NOTE) {
      throw new Fault.BadRequest(
          "The note is too long: at most %d characters.".formatted(LONGEST_NOTE));
    }
    return text;
  }

  private boolean sees(AgentId agent, String callId) {
    if (!journeys.hub().shows(agent, callId)) {
      throw Mine.notHere();
    }
    return true;
  }

  /** The call, for who has a part in it: offered by us, or shown because a foreign switch named them. */
  private Call mine(Turn turn, AgentId agent, String callId) {
    Call mine =
        turn.call(CallId.parse(callId))
            .filter(call -> !call.controlled() && journeys.hub().shows(agent, callId))
            .orElseGet(() -> Mine.part(turn, agent, callId).call());
    InsideCall.checkCustomer(mine);
    return mine;
  }

  CompletionStage<Void> choose(AgentId agent, DeskCommand.ChooseCustomer choose) {
    CustomerId customer = CustomerId.parse(choose.customerId());
    return ledger
        .ask(turn -> mine(turn, agent, choose.callId()).id())
        .thenApplyAsync(
            call ->
                files
                    .cards()
                    .byId(customer)
                    .orElseThrow(() -> new Fault.NotFound("This customer does not exist.")),
            files.slow())
        .thenCompose(card -> ledger.ask(turn -> chosen(turn, agent, choose.callId(), card)))
        .thenAcceptAsync(
            correction -> {
              if (!correction.same()) {
                files.words().corrected(correction);
              }
            },
            files.slow());
  }

  private CallWords.Correction chosen(Turn turn, AgentId agent, String callId, Card card) {
    Call call = mine(turn, agent, callId);
    CustomerId before = journeys.faces().shown(call.id(), call.customer().orElse(null));
    CallWords.Correction correction =
        new CallWords.Correction(
            agent, call.id(), before, card.id(), call.verified().isPresent(), call.endedAt() != 0);
    journeys.faces().show(call.id(), card);
    turn.record(call, new CustomerChosen(turn.now(), agent, card.id()));
    return correction;
  }

  CompletionStage<Void> verify(AgentId agent, DeskCommand.Verify verify) {
    return ledger
        .ask(
            turn -> {
              Call call = mine(turn, agent, verify.callId());
              CustomerId customer =
                  call.customer()
                      .orElseThrow(
                          () ->
                              new Fault.Refused(
                                  "No customer is chosen: choose who is calling, then verify."));
              String method = Mine.code(verify.method(), "method");
              turn.record(call, new CallerVerified(turn.now(), agent, method));
              String number = call.read().map(read -> read.number()).orElse(null);
              return new CallWords.Verification(agent, call.id(), customer, number);
            })
        .thenAcceptAsync(files.words()::verified, files.slow());
  }

  // ---- what others change --------------------------------------------------------------------

  @Override
  public CompletionStage<Void> changed(Set<CustomerId> customers) {
    return ledger
        .ask(
            turn -> {
              // tasks of merged customers are one
              journeys.taskLoads().changed();
              return shownOf(turn, customers);
            })
        .thenApplyAsync(this::readAgain, files.slow())
        .thenCompose(
            faces ->
                ledger.ask(
                    turn -> {
                      faces.forEach(face -> show(turn, face));
                      return null;
                    }));
  }

  private record Shown(CallId call, CustomerId customer) {}

  private record Face(Shown shown, Card card) {}

  private List<Shown> shownOf(Turn turn, Set<CustomerId> customers) {
    List<Shown> shown = new ArrayList<>();
    for (Call call : turn.calls()) {
      Set<CustomerId> here = new LinkedHashSet<>(journeys.faces().customers(call.id()));
      call.customer().ifPresent(here::add);
      here.stream()
          .filter(customers::contains)
          .forEach(customer -> shown.add(new Shown(call.id(), customer)));
    }
    return shown;
  }

  private List<Face> readAgain(List<Shown> shown) {
    List<Face> faces = new ArrayList<>();
    for (Shown one : shown) {
      files.cards().byId(one.customer()).ifPresent(card -> faces.add(new Face(one, card)));
    }
    return faces;
  }

  private void show(Turn turn, Face face) {
    Shown shown = face.shown();
    turn.call(shown.call())
        .ifPresent(
            call -> {
              journeys.faces().show(shown.call(), shown.customer(), face.card());
              turn.touch(call);
            });
  }

  @Override
  public CompletionStage<Boolean> verified(AgentId agent, CustomerId customer) {
    return ledger.ask(
        turn ->
            turn.calls().stream()
                .map(call -> journeys.hub().shown(agent, call.id().toString()))
                .anyMatch(view -> view != null && verified(view, customer)));
  }

  private static boolean verified(CallView view, CustomerId customer) {
    return view.verified() != null
        && customer.toString().equals(view.match().customerId())
        && view.phase() != CallView.Phase.DONE;
  }
}
