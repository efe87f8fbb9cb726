package io.cordboard.core.journey;

import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What desks show of live calls beside the ledger: cards that were read and notes as typed. Can be read
 * again at any time, so it is not journalled. Used on the ledger's thread only.
 */
final class Faces {
  private final Map<CallId, Face> faces = new HashMap<>();

  private static final class Face {
    private final Map<CustomerId, Card> cards = new HashMap<>();
    private final Map<AgentId, Note> notes = new HashMap<>();
  }

  void show(CallId call, Card card) {
    face(call).cards.put(card.id(), card);
  }

  @Nullable Card card(CallId call, @Nullable CustomerId customer) {
    Face face = faces.get(call);
    return face == null || customer == null ? null : face.cards.get(customer);
  }

  void note(CallId call, AgentId agent, Note note) {
    face(call).notes.put(agent, note);
  }

  Note note(CallId call, AgentId agent) {
    Face face = faces.get(call);
    Note note = face == null ? null : face.notes.get(agent);
    return note == null ? new Note("", 0) : note;
  }

  void forget(CallId call) {
    faces.remove(call);
  }

  private Face face(CallId call) {
    return faces.computeIfAbsent(call, id -> new Face());
  }
}
