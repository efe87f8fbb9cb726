package io.cordboard.core.sync.webhook;

import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What happened and is to be told, as it was written with the change itself, and how telling it went. Kept for
 * some days. Thread-safe; throws {@link Fault.Unreachable} while the database is away.
 */
public interface EventOutbox {
  /**
   * Something that happened.
   *
   * @param id the message's, the same for everybody who is told and for every attempt
   * @param subject whatever it happened to: events of one are told in order
   * @param at microseconds UTC
   * @param ids of everything concerned, by name
   */
  record Event(UUID id, EventType type, UUID subject, long at, Map<String, String> ids) {}

  /** What became of an attempt. */
  record Delivery(
      long id, UUID event, EventType type, long at, int attempt, int status, int millis,
      @Nullable String failure) {}

  /**
   * Turns what happened into work for each active endpoint that asked for it.
   *
   * @param work makes it, of an event and an endpoint's id
   */
  Handed handOver(int most, long now, BiFunction<Event, UUID, NewWork> work);

  /** How many events that were, and whom they concern. */
  record Handed(int events, Set<UUID> endpoints) {}

  /** An event that is still kept. */
  Optional<Event> event(UUID event);

  /** Keeps an event for one endpoint alone, with its work. */
  void add(Event event, NewWork work, long now);

  /** Keeps work beside what was handed over. */
  void again(NewWork work, long now);

  /** Keeps what became of an attempt; its id is given by the store. */
  void note(UUID endpoint, Delivery delivery);

  /** Attempts, the newest first; {@code before} the id of the last one that was shown, 0 for the first page. */
  List<Delivery> deliveries(UUID endpoint, long before, int most);

  /** Forgets what is older, also what endpoints that are off were to be told. */
  void purge(long before, long now);
}
