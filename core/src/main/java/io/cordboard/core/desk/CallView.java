package io.cordboard.core.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as one agent sees it.
 *
 * @param line label of the line that was dialled
 * @param number the caller's number as it is shown; null when withheld
 * @param numberState KNOWN, SHORT_CODE, INTERNAL, WITHHELD or UNREADABLE
 * @param deadlineAt until when it rings
 * @param wrapUpUntil until when wrap-up lasts
 * @param recording what happens to the sound of this call right now
 * @param consultable false for an observed call: no commands, only the card and the record
 * @param approximate a fact of this call could not be observed when it happened
 * @param match how the customer was found
 * @param verified null while the caller is not verified
 * @param alsoTalking agents with whom the same customer speaks in another call right now
 * @param handover how the customer was handed on last; null when they never were
 * @param earlierNotes what other agents wrote in this call before, in the order of their parts
 * @param consultation this agent asks another one for advice, or is asked; the last one, while the
 *     customer still waits to be taken back
 * @param others who has the customer with this agent, in a conference: names, or a number outside
 * @param lineNumber canonical number of the line
 * @param answers what the agent wrote in the fields of the outcome's form
 * @param mayExtend wrap-up can still be made longer
 * @param outgoing of a call that an agent dialled, how far it is, or what became of it; null for one that
 *     arrived
 * @param callBackAskedAt of a call-back whose turn has come, when the customer asked for it
 * @param autoAnswer a browser phone answers it by itself, after a tone
 * @param inside a colleague calls, or is called: {@code number} is their extension, {@code callerName}
 *     their name, and there is no customer
 */
public record CallView(
    String callId,
    Phase phase,
    String line,
    @Nullable String queue,
    @Nullable String number,
    String numberState,
    @Nullable String callerName,
    Instant arrivedAt,
    @Nullable Instant deadlineAt,
    @Nullable Instant answeredAt,
    @Nullable Instant heldSince,
    @Nullable Instant endedAt,
    @Nullable Instant wrapUpUntil,
    @Nullable String endedBy,
    Recording recording,
    boolean controlled,
    boolean approximate,
    Match match,
    @Nullable Verified verified,
    List<String> alsoTalking,
    String notes,
    long notesRevision,
    @Nullable String disposition,
    @Nullable Handover handover,
    List<EarlierNote> earlierNotes,
    boolean autoAnswer,
    @Nullable Consultation consultation,
    List<String> others,
    @Nullable String lineNumber,
    List<DeskCommand.Filled> answers,
    boolean mayExtend,
    @Nullable Outgoing outgoing,
    @Nullable Instant callBackAskedAt,
    boolean inside) {

  /** The same call with another outcome. */
  public CallView disposed(String code, List<DeskCommand.Filled> said) {
    return new CallView(
        callId, phase, line, queue, number, numberState, callerName, arrivedAt, deadlineAt,
        answeredAt, heldSince, endedAt, wrapUpUntil, endedBy, recording, controlled,
        approximate, match, verified, alsoTalking, notes, notesRevision, code, handover,
        earlierNotes, autoAnswer, consultation, others, lineNumber, said, mayExtend, outgoing,
        callBackAskedAt, inside);
  }

  /** What the agent's part of the call is in. */
  public enum Phase {
    /** Held out to this agent. */
    RINGING,
    TALKING,
    /** The agent put the customer on hold: they hear music. */
    HELD,
    /** The agent's phone was lost: the customer hears music until it is back. */
    REJOINING,
    /** Speaks to another agent or somebody outside, or waits for them. */
    CONSULTING,
    WRAP_UP,
    /** Finished; shown until the next call, and may be corrected. */
    DONE,
    /** This agent calls the customer, who is not connected yet. */
    DIALLING
  }

  /** How far a call is that an agent dialled. */
  public enum Outgoing {
    /** The agent's own phone rings. */
    OWN_PHONE,
    /** The number is dialled. */
    DIALS,
    /** The customer's phone rings. */
    RINGS,
    /** The customer hears that the call is recorded. */
    ANNOUNCES,
    /** Agent and customer were put together. */
    ANSWERED,
    BUSY,
    NO_ANSWER,
    WRONG_NUMBER,
    REJECTED,
    /** No line was free, or a network failed. */
    CONGESTION,
    /** The agent gave up, or their own phone was not answered. */
    CANCELLED,
    FAILED
  }

  /** What is recorded. */
  public enum Recording {
    NOT_RECORDED,
    /** Will be, as soon as both sides are connected. */
    PENDING,
    RECORDED,
    PAUSED,
    /** It should be recorded and is not: tell the supervisor. */
    FAILED
  }

  /**
   * How sure we are about the customer.
   *
   * @param state LOOKING, CLEAR, SEVERAL, NEW, WITHHELD or INTERNAL
   * @param customerId the one who is shown
   * @param candidates ranked, best first
   */
  public record Match(
      String state, @Nullable String customerId, List<Candidate> candidates) {}

  /** Somebody who may be calling. {@code confidence} between 0 and 1. */
  public record Candidate(
      String customerId, String name, String level, double confidence, List<Reason> reasons) {}

  /** Why: a code with its parameter, put into words by the desk. */
  public record Reason(String code, @Nullable String value) {}

  /**
   * An agent handed the customer on.
   *
   * @param by name of that agent
   * @param target an agent's name, a queue's label, or a number
   * @param mine whether it was the agent who sees this
   */
  public record Handover(
      Instant at, String by, DeskCommand.TransferTo to, String target, boolean mine) {}

  /**
   * An agent asks another one, or somebody outside, for advice.
   *
   * @param with name of the other one, or the number
   * @param mine whether it was the agent who sees this that asked
   * @param since when the phone was rung, or answered
   * @param outside whether it is somebody outside
   */
  public record Consultation(
      String with, boolean mine, ConsultationState state, Instant since, boolean outside) {}

  /** How far a consultation is. */
  public enum ConsultationState {
    /** The other agent's phone rings. */
    RINGING,
    /** The two speak. */
    TALKING,
    /** The one who was asked waits while the other one speaks to the customer. */
    WAITING,
    /** It was refused, and the customer is on hold. */
    DECLINED,
    NO_ANSWER,
    /** The phone could not be rung. */
    FAILED,
    /** The other one hung up, and the customer is on hold. */
    LEFT,
    /** The number outside is busy. */
    BUSY,
    /** There is no such number outside. */
    WRONG_NUMBER
  }

  /** What another agent wrote in this call. */
  public record EarlierNote(String agent, String text) {}

  /** How the agent made sure who is calling. */
  public record Verified(Instant at, String method) {}
}
