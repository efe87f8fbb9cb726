package io.cordboard.core.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent asks for. Ids are UUIDs in text; every field is untrusted. */
public sealed interface DeskCommand {

  /** Ready for calls. */
  record Ready() implements DeskCommand {}

  /** No calls; in a call: a break afterwards. {@code reason} is a short code such as {@code lunch}. */
  record NotReady(String reason) implements DeskCommand {}

  /** Offline. */
  record SignOut() implements DeskCommand {}

  /** Answers a ringing call on a virtual phone; other phones answer by themselves. */
  record Answer(String callId) implements DeskCommand {}

  /** Refuses an offer: back to the queue, the agent not ready. */
  record Decline(String callId) implements DeskCommand {}

  /** The customer hears music. */
  record Hold(String callId) implements DeskCommand {}

  /** The customer is back in the talk. */
  record Resume(String callId) implements DeskCommand {}

  /** Keys for a machine at the customer's end: 1 to 32 of {@code 0-9 * # A-D}. */
  record SendKeys(String callId, String keys) implements DeskCommand {
    /** Without the keys, which may be a secret. */
    @Override
    public String toString() {
      return "SendKeys[callId=" + callId + "]";
    }
  }

  /**
   * Hands the customer on at once, without speaking to the next one first.
   *
   * @param target an agent's id, a queue's id, or a number as it is dialled
   */
  record Transfer(String callId, TransferTo to, String target) implements DeskCommand {}

  /** Leaves the customer with music in a place that the team sees; one's own part is over. */
  record Park(String callId) implements DeskCommand {}

  /** Takes a parked call of one's queues; the phone rings, a browser phone answers by itself. */
  record PickUp(String callId) implements DeskCommand {}

  /**
   * Speaks to another agent first, while the customer hears music.
   *
   * @param target as in {@link Transfer}; of a queue whoever is free
   */
  record Consult(String callId, TransferTo to, String target) implements DeskCommand {}

  /** In a consultation: to the customer while the other agent waits, or the other way round. */
  record Swap(String callId) implements DeskCommand {}

  /** In a consultation: the customer is the other agent's from now on. */
  record CompleteTransfer(String callId) implements DeskCommand {}

  /** Ends a consultation: back to the customer. */
  record CancelConsultation(String callId) implements DeskCommand {}

  /** In a consultation: all three hear each other. */
  record Merge(String callId) implements DeskCommand {}

  /** To whom a customer is handed on. */
  enum TransferTo {
    AGENT,
    QUEUE,
    NUMBER
  }

  /** Ends the call for both; in a conference, or where one was asked for advice, one's own part of it. */
  record HangUp(String callId) implements DeskCommand {}

  /**
   * Calls a number: one's own phone first, then the customer's.
   *
   * @param number as typed, or as it stands in the customer's file
   * @param queue whose owed call-back this is; null for none
   * @param despite why a customer is called who does not want to be: ASKED, SERVICE or DANGER; null for
   *     none
   */
  record Dial(String number, @Nullable String queue, @Nullable String despite)
      implements DeskCommand {
    /** Without a reason to call somebody who does not want it. */
    public Dial(String number, @Nullable String queue) {
      this(number, queue, null);
    }
  }

  /** Nothing is recorded until {@link ResumeRecording}. */
  record PauseRecording(String callId) implements DeskCommand {}

  /** Recorded again. */
  record ResumeRecording(String callId) implements DeskCommand {}

  /** This candidate is the caller. */
  record ChooseCustomer(String callId, String customerId) implements DeskCommand {}

  /** The caller is who they say they are. {@code method} is a short code such as {@code birth-date}. */
  record Verify(String callId, String method) implements DeskCommand {}

  /** Notes as typed; {@code revision} is the one that the text was based on. */
  record SaveNotes(String callId, String text, long revision) implements DeskCommand {}

  /**
   * The disposition; allowed from the talk on, and to correct it until the next call.
   *
   * @param disposition null: as it is
   * @param answers in the fields of the outcome's form; null: as they are
   */
  record Dispose(String callId, @Nullable String disposition, @Nullable List<Filled> answers)
      implements DeskCommand {
    /** The answers stay as they are. */
    public Dispose(String callId, String disposition) {
      this(callId, disposition, null);
    }
  }

  /** What stands in a field of the outcome's form. */
  record Filled(String field, String value) {}

  /** A minute more to finish the record. */
  record ExtendWrapUp(String callId) implements DeskCommand {}

  /** The record is complete: ready again, or the break that was asked for. */
  record FinishWrapUp(String callId, @Nullable String disposition) implements DeskCommand {}

  /**
   * How a stretch of the talk sounded, measured by the page: loss and jitter of the worse direction, the
   * score by the E-model. {@code stretch} tells stretches apart; the same one again replaces it.
   */
  record ReportQuality(
      String callId,
      long stretch,
      int seconds,
      double lossPercent,
      int jitterMillis,
      int roundTripMillis,
      double score,
      double lowestScore)
      implements DeskCommand {}

  /** One's phone of this kind, BROWSER or SIP, rings from now on; not while one is in a call. */
  record UsePhone(String phone) implements DeskCommand {}

  /** The same view once more, as a snapshot. */
  record AskSnapshot() implements DeskCommand {}

  /** The team from now on, for a supervisor; see {@link TeamView}. */
  record WatchTeam() implements DeskCommand {}

  /** The team no longer. */
  record LeaveTeam() implements DeskCommand {}

  /** This connection wants the browser phone; the one that has it lets go. */
  record TakeAudio() implements DeskCommand {}
}
