package io.cordboard.core.call;

import static io.cordboard.core.call.Tables.AgentSignal.*;
import static io.cordboard.core.call.Tables.LegSignal.*;
import static io.cordboard.core.call.Tables.OfferSignal.*;

import java.util.List;
import java.util.function.Consumer;

/** The three tables of the ledger. The diagrams in the docs are made from them. */
public record Tables(
    Table<LegState, LegSignal> leg,
    Table<OfferState, OfferSignal> offer,
    Table<AgentState, AgentSignal> agent) {

  /** What can happen to a leg. */
  public enum LegSignal {
    RINGS,
    ANSWERS,
    DEVICE_HOLDS,
    DEVICE_RESUMES,
    ENDS
  }

  /** What can happen to an offer. */
  public enum OfferSignal {
    DEVICE_RINGS,
    AGENT_ANSWERS,
    AGENT_DECLINES,
    DEADLINE_PASSES,
    CALL_GOES,
    DEVICE_FAILS
  }

  /** What can happen to an agent. */
  public enum AgentSignal {
    /** Wants calls. */
    GO_READY,
    /** Wants none; in a call: afterwards. */
    GO_NOT_READY,
    SIGN_OUT,
    /** A call is held out. */
    OFFER,
    /** The offer ended without this agent's fault. */
    OFFER_GONE,
    /** The agent refused it or let it ring. */
    OFFER_MISSED,
    ANSWER,
    /** The talk is over and a record is to be finished. */
    TALK_ENDS,
    /** Nothing to finish any more: the record is complete, or its time is over. */
    FINISH,
    /** The phone was lost for too long; the call went to somebody else. */
    PHONE_LOST,
    /** A call that the agent handed on, and whose record they finish, is held out to them again. */
    CALL_RETURNS,
    /** A supervisor frees the agent from whatever holds them. */
    RELEASE,
    /** Calls somebody: their own phone rings first. */
    DIAL
  }

  /** The tables as the product runs them. */
  public static final Tables STANDARD = new Tables(legTable(), offerTable(), agentTable());

  /** The same tables, telling each row that is used. */
  public Tables watched(Consumer<? super Table.Row> visits) {
    return new Tables(leg.watched(visits), offer.watched(visits), agent.watched(visits));
  }

  /** All rows of the three. */
  public List<Table.Row> rows() {
    return List.of(leg.rows(), offer.rows(), agent.rows()).stream().flatMap(List::stream).toList();
  }

  private static Table<LegState, LegSignal> legTable() {
    return Table.of("leg", LegState.class, LegSignal.class)
        .row(LegState.DIALLED, RINGS, LegState.RINGING)
        .row(LegState.DIALLED, ANSWERS, LegState.UP)
        .row(LegState.DIALLED, ENDS, LegState.ENDED)
        .stay(LegState.DIALLED, DEVICE_HOLDS, DEVICE_RESUMES)
        .row(LegState.RINGING, ANSWERS, LegState.UP)
        .row(LegState.RINGING, ENDS, LegState.ENDED)
        .stay(LegState.RINGING, RINGS, DEVICE_HOLDS, DEVICE_RESUMES)
        .row(LegState.UP, DEVICE_HOLDS, LegState.HELD)
        .row(LegState.UP, ENDS, LegState.ENDED)
        .stay(LegState.UP, RINGS, ANSWERS, DEVICE_RESUMES)
        .row(LegState.HELD, DEVICE_RESUMES, LegState.UP)
        .row(LegState.HELD, ENDS, LegState.ENDED)
        .stay(LegState.HELD, RINGS, ANSWERS, DEVICE_HOLDS)
        .last(LegState.ENDED)
        .build();
  }

  private static Table<OfferState, OfferSignal> offerTable() {
    return Table.of("offer", OfferState.class, OfferSignal.class)
        .row(OfferState.MADE, DEVICE_RINGS, OfferState.RINGING)
        .row(OfferState.MADE, AGENT_ANSWERS, OfferState.ACCEPTED)
        .row(OfferState.MADE, AGENT_DECLINES, OfferState.DECLINED)
        .row(OfferState.MADE, DEADLINE_PASSES, OfferState.NO_ANSWER)
        .row(OfferState.MADE, CALL_GOES, OfferState.WITHDRAWN)
        .row(OfferState.MADE, DEVICE_FAILS, OfferState.FAILED)
        .stay(OfferState.RINGING, DEVICE_RINGS)
        .row(OfferState.RINGING, AGENT_ANSWERS, OfferState.ACCEPTED)
        .row(OfferState.RINGING, AGENT_DECLINES, OfferState.DECLINED)
        .row(OfferState.RINGING, DEADLINE_PASSES, OfferState.NO_ANSWER)
        .row(OfferState.RINGING, CALL_GOES, OfferState.WITHDRAWN)
        .row(OfferState.RINGING, DEVICE_FAILS, OfferState.FAILED)
        .last(OfferState.ACCEPTED)
        .last(OfferState.DECLINED)
        .last(OfferState.NO_ANSWER)
        .last(OfferState.WITHDRAWN)
        .last(OfferState.FAILED)
        .build();
  }

  private static Table<AgentState, AgentSignal> agentTable() {
    return Table.of("agent", AgentState.class, AgentSignal.class)
        .row(AgentState.OFFLINE, GO_READY, AgentState.READY)
        .row(AgentState.OFFLINE, GO_NOT_READY, AgentState.NOT_READY)
        .stay(AgentState.OFFLINE, SIGN_OUT, OFFER, OFFER_GONE, OFFER_MISSED, ANSWER)
        .stay(AgentState.OFFLINE, TALK_ENDS, FINISH, PHONE_LOST, CALL_RETURNS, RELEASE)
        .stay(AgentState.OFFLINE, DIAL)
        .row(AgentState.READY, DIAL, AgentState.OFFERED)
        .row(AgentState.READY, GO_NOT_READY, AgentState.NOT_READY)
        .row(AgentState.READY, SIGN_OUT, AgentState.OFFLINE)
        .row(AgentState.READY, OFFER, AgentState.OFFERED)
        .row(AgentState.READY, RELEASE, AgentState.NOT_READY)
        .stay(AgentState.READY, GO_READY, OFFER_GONE, OFFER_MISSED, ANSWER, TALK_ENDS, FINISH)
        .stay(AgentState.READY, PHONE_LOST, CALL_RETURNS)
        .row(AgentState.NOT_READY, GO_READY, AgentState.READY)
        .row(AgentState.NOT_READY, DIAL, AgentState.OFFERED)
        .row(AgentState.NOT_READY, SIGN_OUT, AgentState.OFFLINE)
        .stay(AgentState.NOT_READY, GO_NOT_READY, OFFER, OFFER_GONE, OFFER_MISSED, ANSWER)
        .stay(AgentState.NOT_READY, TALK_ENDS, FINISH, PHONE_LOST, CALL_RETURNS, RELEASE)
        .row(AgentState.OFFERED, OFFER_GONE, AgentState.READY)
        .row(AgentState.OFFERED, OFFER_MISSED, AgentState.NOT_READY)
        .row(AgentState.OFFERED, ANSWER, AgentState.TALKING)
        .row(AgentState.OFFERED, RELEASE, AgentState.NOT_READY)
        .stay(AgentState.OFFERED, GO_READY, GO_NOT_READY, SIGN_OUT, OFFER, TALK_ENDS, FINISH)
        .stay(AgentState.OFFERED, PHONE_LOST, CALL_RETURNS, DIAL)
        .row(AgentState.TALKING, GO_NOT_READY, AgentState.TALKING_BREAK_NEXT)
        .row(AgentState.TALKING, TALK_ENDS, AgentState.WRAP_UP)
        .row(AgentState.TALKING, PHONE_LOST, AgentState.NOT_READY)
        .row(AgentState.TALKING, RELEASE, AgentState.NOT_READY)
        .stay(AgentState.TALKING, GO_READY, SIGN_OUT, OFFER, OFFER_GONE, OFFER_MISSED, ANSWER, FINISH)
        .stay(AgentState.TALKING, CALL_RETURNS, DIAL)
        .row(AgentState.TALKING_BREAK_NEXT, GO_READY, AgentState.TALKING)
        .row(AgentState.TALKING_BREAK_NEXT, TALK_ENDS, AgentState.WRAP_UP_BREAK_NEXT)
        .row(AgentState.TALKING_BREAK_NEXT, PHONE_LOST, AgentState.NOT_READY)
        .row(AgentState.TALKING_BREAK_NEXT, RELEASE, AgentState.NOT_READY)
        .stay(AgentState.TALKING_BREAK_NEXT, GO_NOT_READY, SIGN_OUT, OFFER, OFFER_GONE)
        .stay(AgentState.TALKING_BREAK_NEXT, OFFER_MISSED, ANSWER, FINISH, CALL_RETURNS, DIAL)
        .row(AgentState.WRAP_UP, GO_NOT_READY, AgentState.WRAP_UP_BREAK_NEXT)
        .row(AgentState.WRAP_UP, SIGN_OUT, AgentState.OFFLINE)
        .row(AgentState.WRAP_UP, FINISH, AgentState.READY)
        .row(AgentState.WRAP_UP, CALL_RETURNS, AgentState.OFFERED)
        .row(AgentState.WRAP_UP, RELEASE, AgentState.NOT_READY)
        .stay(AgentState.WRAP_UP, GO_READY, OFFER, OFFER_GONE, OFFER_MISSED, ANSWER, TALK_ENDS)
        .stay(AgentState.WRAP_UP, PHONE_LOST, DIAL)
        .row(AgentState.WRAP_UP_BREAK_NEXT, GO_READY, AgentState.WRAP_UP)
        .row(AgentState.WRAP_UP_BREAK_NEXT, SIGN_OUT, AgentState.OFFLINE)
        .row(AgentState.WRAP_UP_BREAK_NEXT, FINISH, AgentState.NOT_READY)
        .row(AgentState.WRAP_UP_BREAK_NEXT, RELEASE, AgentState.NOT_READY)
        .stay(AgentState.WRAP_UP_BREAK_NEXT, GO_NOT_READY, OFFER, OFFER_GONE, OFFER_MISSED, ANSWER)
        .stay(AgentState.WRAP_UP_BREAK_NEXT, TALK_ENDS, PHONE_LOST, CALL_RETURNS, DIAL)
        .build();
  }
}
