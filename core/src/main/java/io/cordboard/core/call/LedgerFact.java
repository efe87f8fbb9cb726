package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.LegKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we decided, learnt or were asked, as opposed to what a switch told. Journalled like a switch's
 * events, so that a restart goes on where it was. {@code at} is our own clock, microseconds.
 */
public sealed interface LedgerFact {
  /** Our own time, microseconds UTC. */
  long at();

  /** The leg that belongs to the call from now on, if there is one. */
  default Optional<LegKey> newLeg() {
    return switch (this) {
      case Offered offered -> Optional.of(offered.leg());
      case Rejoining again -> Optional.of(again.leg());
      case DialledOut out -> Optional.of(out.leg());
      case OutsideAsked asked -> Optional.of(asked.leg());
      case RungAgain again -> Optional.of(again.leg());
      default -> Optional.empty();
    };
  }

  /**
   * The trunk's rules made numbers of the claims.
   *
   * @param state KNOWN, SHORT_CODE, INTERNAL, WITHHELD or UNREADABLE
   * @param number in E.164 or as a service number
   * @param line canonical DID
   */
  record CallerRead(long at, String state, @Nullable String number, String line)
      implements LedgerFact {}

  /**
   * Customers were looked up.
   *
   * @param state CLEAR, SEVERAL, NEW, WITHHELD, INTERNAL or UNKNOWN (the look-up failed)
   * @param shown the one to show
   * @param candidates ranked
   */
  record CallerMatched(
      long at, String state, @Nullable CustomerId shown, List<Candidate> candidates)
      implements LedgerFact {}

  /** One who may be calling; {@code reasons} are {@code CODE} or {@code CODE=value}. */
  record Candidate(
      CustomerId customer, String name, String level, double confidence, List<String> reasons) {}

  /** The agent said who it is. */
  record CustomerChosen(long at, AgentId by, CustomerId customer) implements LedgerFact {}

  /** The agent made sure. */
  record CallerVerified(long at, AgentId by, String method) implements LedgerFact {}

  /** The foreign switch's agent is this one of ours. */
  record AgentKnown(long at, AgentId agent) implements LedgerFact {}

  /** The announcement was heard to its end. */
  record Announced(long at, String version, String language) implements LedgerFact {}

  /** The caller said no to being recorded. */
  record RecordingRefused(long at) implements LedgerFact {}

  /**
   * The call waits.
   *
   * @param since from when its place counts
   * @param front before all that wait by time
   * @param until when waiting becomes pointless
   * @param priority of the line that was called
   */
  record Queued(long at, String queue, long since, boolean front, long until, int priority)
      implements LedgerFact {}

  /**
   * A waiting caller begins to hear of their turn.
   *
   * @param n counted within the call from 1
   * @param position in the queue, from 1
   * @param minutes the expected wait as it is said: 0 for less than one, -1 for unknown
   * @param words the sentences, spoken one after the other
   */
  record TurnTold(
      long at, int n, int position, int minutes, String language, List<String> words)
      implements LedgerFact {
    public TurnTold {
      words = List.copyOf(words);
    }
  }

  /** They have heard it, or as much as there was time for. */
  record TurnToldEnded(long at, int n) implements LedgerFact {}

  /** The caller hangs up and keeps their place: they are called back when it is their turn. */
  record CallBackAsked(long at) implements LedgerFact {}

  /**
   * The place that the caller kept is given up.
   *
   * @param how CALLED: they were reached; GIVEN to an agent as a task; TAKEN otherwise; CALLED_AGAIN by the
   *     caller; NOT_REACHED, tried as often as may be; LAPSED
   * @param agent whose task the call-back is now
   */
  record CallBackOver(long at, String how, @Nullable AgentId agent) implements LedgerFact {}

  /**
   * Who kept their place was called and not reached.
   *
   * @param outcome what became of it: a name of the switch's outcomes, such as BUSY
   * @param again not before then
   */
  record CallBackTried(long at, String outcome, long again) implements LedgerFact {}

  /**
   * The caller need not speak any more: their message is taken, and they are let go.
   *
   * @param how FULL, as long as may be; KEY; STOPPED, by the switch
   */
  record MessageTaken(long at, String how) implements LedgerFact {}

  /** Nobody can take it: the caller is told, and waits no more. */
  record GivenUp(long at, String reason) implements LedgerFact {}

  /**
   * Held out to an agent.
   *
   * @param leg the device's
   * @param why it was this call's turn, and this agent's: codes, or {@code CODE=value}
   * @param by the segment whose agent asks this one for advice; 0 where the customer is offered
   */
  record Offered(
      long at, int n, AgentId agent, LegKey leg, long deadline, Terms terms, List<String> why, int by)
      implements LedgerFact {
    public Offered {
      why = List.copyOf(why);
    }
  }

  /** The line's times as they were when the offer was made, in seconds. */
  record Terms(int wrapUpSeconds, int rejoinSeconds) {}

  /** The offer ended by our decision; ends that the leg tells need no fact. */
  record OfferClosed(long at, int n, OfferState outcome) implements LedgerFact {}

  /** The agent put the customer on hold, or took them back. */
  record HoldSet(long at, AgentId by, boolean on) implements LedgerFact {}

  /** The agent's phone is lost in mid-talk. */
  record AgentLost(long at, int n) implements LedgerFact {}

  /** The agent's phone is back and is rung again. */
  record Rejoining(long at, int n, LegKey leg) implements LedgerFact {}

  /** The agent's part ended while the customer is still there. */
  record SegmentEnded(long at, int n, String outcome) implements LedgerFact {}

  /** Recording is wanted on the customer's leg under this name. */
  record RecordingOrdered(long at, int n, String recording) implements LedgerFact {}

  /** Pause or resume was asked for; holds for later recordings of the call too. */
  record RecordingPauseSet(long at, AgentId by, boolean paused) implements LedgerFact {}

  /** Recording could not be started or ended; {@code recording} is not to be expected. */
  record RecordingLost(long at, String recording, String reason) implements LedgerFact {}

  /** The outcome code of a segment; {@code n} is 0 for an observed call, which has none. */
  record Disposed(long at, int n, String disposition, List<Answer> answers)
      implements LedgerFact {
    public Disposed {
      answers = List.copyOf(answers);
    }
  }

  /** What stands in a field of the outcome's form, never empty. */
  record Answer(String field, String value) {}

  /** The agent asked for more time to finish the record. */
  record WrapUpExtended(long at, int n, long until) implements LedgerFact {}

  /** The segment's record is complete; {@code n} as in {@link Disposed}. */
  record WrappedUp(long at, int n, boolean byTimer) implements LedgerFact {}

  /** An agent of ours talked in an observed call that is over: until then they say what came of it. */
  record ObservedWrapUp(long at, long until) implements LedgerFact {}

  /**
   * An agent handed the customer on; their part is over.
   *
   * @param n the segment of who handed on
   * @param target an agent's id, a queue's id, or a number as the switch dials it
   */
  record HandedOn(long at, int n, To to, String target) implements LedgerFact {}

  /**
   * With whom the agent of this segment is from now on.
   *
   * @param customer the customer, and all who are with them; else the other agent of a consultation
   */
  record Placed(long at, int n, boolean customer) implements LedgerFact {}

  /**
   * An agent parked the call: their part is over, and the customer hears music in a place that the team
   * sees, until somebody picks it up.
   *
   * @param n the segment of who parked it
   * @param place from 1, free until now in this queue
   * @param until then it rings at who parked it, else it waits in the queue
   */
  record Parked(long at, int n, String queue, int place, long until) implements LedgerFact {}

  /**
   * An agent calls a customer: the first entry of such a call. The agent's own phone is rung first.
   *
   * @param leg the customer's, dialled when the agent is at the phone
   * @param number as it is dialled
   * @param shown the line whose number the customer sees, and whose rules hold; null to show none
   * @param queue whose call it is, and whose owed call-backs it settles
   * @param announces whether the customer hears that the call is recorded
   * @param rest the reason of the break from which the agent dials; null when there was none
   * @param callBack the call whose kept place this is; null when the agent dials by themselves
   * @param askedAt when they asked to be called back; 0 when they did not
   * @param inside the colleague who is called, at whose extension nobody outside is dialled: the customer's
   *     leg is never made; null for somebody outside
   * @param handset the leg at which they dialled by hand, which is theirs; null where their phone is rung
   */
  record DialledOut(
      long at,
      AgentId by,
      LegKey leg,
      String number,
      @Nullable String shown,
      String queue,
      int ringSeconds,
      boolean announces,
      @Nullable String rest,
      @Nullable CallId callBack,
      long askedAt,
      @Nullable AgentId inside,
      @Nullable LegKey handset)
      implements LedgerFact {}

  /** To whom a customer is handed on. */
  enum To {
    AGENT,
    QUEUE,
    OUTSIDE
  }

  /**
   * An agent calls somebody outside into a customer's call.
   *
   * @param n counted within the call from 1
   * @param by the segment of that agent
   * @param number as it is dialled
   * @param shown the line whose number they see; null to show none
   * @param until then it is given up
   * @param aside the agent speaks to them first; else the customer is handed on to them
   */
  record OutsideAsked(
      long at, int n, int by, LegKey leg, String number, @Nullable String shown, long until,
      boolean aside)
      implements LedgerFact {}

  /** Whoever was called from outside is with the customer from now on. */
  record OutsideJoined(long at, int n) implements LedgerFact {}

  /**
   * Whoever was called from outside is not wanted any more, or not waited for; ends that the leg tells
   * need no fact.
   *
   * @param unanswered they did not answer in time; else it was withdrawn
   */
  record OutsideDismissed(long at, int n, boolean unanswered) implements LedgerFact {}

  /** In this interval nothing could be observed, and something happened. */
  record Unobserved(long at, long from, long to) implements LedgerFact {}

  /** The page at which a call rings is gone; it may come back before the offer is over. */
  record RingLost(long at, int n) implements LedgerFact {}

  /** The page is back, and rings again. */
  record RungAgain(long at, int n, LegKey leg) implements LedgerFact {}
}
