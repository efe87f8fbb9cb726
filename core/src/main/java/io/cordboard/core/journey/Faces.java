package io.cordboard.core.journey;

import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.Notes.Note;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What desks show of live calls beside the ledger: cards that were read and notes as typed. Can be read
 * again at any time, so it is not journalled. Used on the ledger's thread only.
 */
final class Faces {
  private final Map<CallId, Face> faces = new HashMap<>();

  private static final class Face {
    private final Map<CustomerId, Card> cards = new HashMap<>();
    private final Map<CustomerId, CustomerId> merged = new HashMap<>();
    private final Map<AgentId, Note> notes = new HashMap<>();
  }

  void show(CallId call, Card card) {
    face(call).cards.put(card.id(), card);
  }

  /** The card of somebody who was merged is that of the survivor. */
  void show(CallId call, CustomerId customer, Card card) {
    show(call, card);
    face(call).merged.put(customer, card.id());
  }

  @Nullable Card card(CallId call, @Nullable CustomerId customer) {
    Face face = faces.get(call);
    CustomerId shown = shown(call, customer);
    return face == null || shown == null ? null : face.cards.get(shown);
  }

  /** Under whom this customer is shown: the survivor, where they were merged. */
  @Nullable CustomerId shown(CallId call, @Nullable CustomerId customer) {
    Face face = faces.get(call);
    return face == null || customer == null
        ? customer
        : face.merged.getOrDefault(customer, customer);
  }

  /** Everybody whose card this call shows or may show. */
  Set<CustomerId> customers(CallId call) {
    Face face = faces.get(call);
    return face == null ? Set.of() : Set.copyOf(face.cards.keySet());
  }

  void note(CallId call, AgentId agent, Note note) {
    face(call).notes.put(agent, note);
  }

  boolean hasNote(CallId call, AgentId agent) {
    Face face = faces.get(call);
    return face != null && face.notes.containsKey(agent);
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
