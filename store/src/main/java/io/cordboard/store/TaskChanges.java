package io.cordboard.store;

import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.LedgerStore.TaskChange.Missed;
import io.cordboard.core.call.LedgerStore.TaskChange.Served;
import io.cordboard.core.call.LedgerStore.TaskChange.Tried;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The task changes of one flush, folded so that all closings can be written first and then each open
 * task once: whoever was served owes nothing for what was missed before.
 */
record TaskChanges(List<Closing> closings, List<Try> tries, List<Opening> openings) {

  private record Key(String party, String queue) {}

  /** The party's open task is done. */
  record Closing(String party, String queue, long at, CallId call) {}

  /** How often the party was called and not reached, and how it was the last time. */
  record Try(String party, String queue, int count, @Nullable String outcome, long dueAt) {
    private Try and(Try later) {
      return new Try(
          party, queue, count + later.count,
          later.outcome == null ? outcome : later.outcome, Math.max(dueAt, later.dueAt));
    }
  }

  /** A task, or more attempts on the open one. */
  record Opening(
      UUID id, Missed first, Missed last, String party, int attempts, @Nullable CallId message) {
    private Opening and(Missed again) {
      CallId newest = messageOf(again) == null ? message : messageOf(again);
      return new Opening(id, first, again, party, attempts + 1, newest);
    }
  }

  private static @Nullable CallId messageOf(Missed missed) {
    return missed.reason().equals("voicemail") ? missed.call() : null;
  }

  static TaskChanges of(List<TaskChange> changes, Ids ids) {
    Map<Key, Closing> closings = new LinkedHashMap<>();
    Map<Key, Try> tries = new LinkedHashMap<>();
    Map<Key, Opening> openings = new LinkedHashMap<>();
    for (TaskChange change : changes) {
      switch (change) {
        case Missed missed -> missed(openings, missed, ids);
        case Served served -> {
          served(closings, openings, served, served.customer());
          served(closings, openings, served, served.number());
        }
        case Tried tried -> {
          tried(tries, tried, tried.customer());
          tried(tries, tried, tried.number());
        }
      }
    }
    return new TaskChanges(
        List.copyOf(closings.values()), List.copyOf(tries.values()),
        List.copyOf(openings.values()));
  }

  // nobody can call back a caller who hid the number and was not recognised
  private static void missed(Map<Key, Opening> openings, Missed missed, Ids ids) {
    String party = missed.customer() != null ? missed.customer() : missed.number();
    if (party != null) {
      Key key = new Key(party, missed.queue());
      Opening before = openings.get(key);
      openings.put(
          key,
          before == null
              ? new Opening(ids.next(), missed, missed, party, 1, messageOf(missed))
              : before.and(missed));
    }
  }

  private static void served(
      Map<Key, Closing> closings,
      Map<Key, Opening> openings,
      Served served,
      @Nullable String party) {
    if (party != null) {
      Key key = new Key(party, served.queue());
      openings.remove(key);
      closings.put(key, new Closing(party, served.queue(), served.at(), served.call()));
    }
  }

  private static void tried(Map<Key, Try> tries, Tried tried, @Nullable String party) {
    if (party != null) {
      Try one =
          new Try(
              party, tried.queue(), tried.outcome() == null ? 0 : 1, tried.outcome(),
              tried.dueAt());
      tries.merge(new Key(party, tried.queue()), one, Try::and);
    }
  }

  boolean empty() {
    return closings.isEmpty() && tries.isEmpty() && openings.isEmpty();
  }

  static @Nullable UUID customer(Missed missed) {
    String text = missed.customer();
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Fault.Bug("A task names a customer that is no id.", e);
    }
  }
}
