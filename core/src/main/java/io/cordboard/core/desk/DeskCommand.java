package io.cordboard.core.desk;

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

  /** Ends the call for both. */
  record HangUp(String callId) implements DeskCommand {}

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

  /** The disposition; allowed from the talk on, and to correct it until the next call. */
  record Dispose(String callId, String disposition) implements DeskCommand {}

  /** The record is complete: ready again, or the break that was asked for. */
  record FinishWrapUp(String callId, @Nullable String disposition) implements DeskCommand {}

  /** The same view once more, as a snapshot. */
  record AskSnapshot() implements DeskCommand {}

  /** This connection wants the browser phone; the one that has it lets go. */
  record TakeAudio() implements DeskCommand {}
}
