package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Endpoints and events in memory. */
public final class MemoryWebhooks implements Endpoints, EventOutbox {
  public final AtomicInteger changes = new AtomicInteger();
  public final List<NewWork> work = new CopyOnWriteArrayList<>();
  private final Map<UUID, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<UUID, List<SigningSecret>> secrets = new ConcurrentHashMap<>();
  private final Map<UUID, Event> events = new ConcurrentHashMap<>();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  int dropped;

  /** Something that happened before. */
  public void happened(Event event) {
    events.put(event.id(), event);
  }

  void forget(UUID event) {
    events.remove(event);
  }

  @Override
  public List<Endpoint> list() {
    return endpoints.values().stream()
        .sorted(Comparator.comparingLong(Endpoint::createdAt).thenComparing(Endpoint::id).reversed())
        .toList();
  }

  @Override
  public Optional<Endpoint> find(UUID id) {
    Endpoint endpoint = endpoints.get(id);
    return Optional.ofNullable(endpoint);
  }

  @Override
  public void add(Endpoint endpoint, SigningSecret secret) {
    endpoints.put(endpoint.id(), endpoint);
    secrets.put(endpoint.id(), new ArrayList<>(List.of(secret)));
  }

  @Override
  public void change(Endpoint endpoint) {
    if (endpoints.replace(endpoint.id(), endpoint) == null) {
      throw new Fault.NotFound("There is no such webhook endpoint.");
    }
  }

  @Override
  public void remove(UUID id, long now) {
    endpoints.remove(id);
  }

  @Override
  public List<SigningSecret> secrets(UUID id, long now) {
    return secrets.getOrDefault(id, List.of());
  }

  @Override
  public void rotate(UUID id, SigningSecret fresh, long now, long until) {
    secrets.getOrDefault(id, new ArrayList<>()).addFirst(fresh);
  }

  private void health(UUID id, boolean active, UnaryOperator<Health> change) {
    endpoints.computeIfPresent(
        id,
        (same, e) ->
            new Endpoint(
                id, e.url(), e.description(), e.events(), e.form(), active, e.createdAt(),
                change.apply(e.health())));
  }

  @Override
  public void succeeded(UUID id, long at) {
    health(
        id, true,
        h -> new Health(at, h.lastFailureAt(), 0, 0, h.lastFailure(), h.offAt(), h.offWhy()));
  }

  @Override
  public Optional<Health> failed(UUID id, long at, String why) {
    health(
        id, true,
        h ->
            new Health(
                h.lastSuccessAt(), at, h.failures() == 0 ? at : h.failingSince(),
                h.failures() + 1, why, h.offAt(), h.offWhy()));
    return find(id).map(Endpoint::health);
  }

  @Override
  public boolean off(UUID id, long at, String why, boolean drop) {
    boolean was = find(id).filter(Endpoint::active).isPresent();
    if (was) {
      health(
          id, false,
          h ->
              new Health(
                  h.lastSuccessAt(), h.lastFailureAt(), h.failingSince(), h.failures(),
                  h.lastFailure(), at, why));
      dropped += drop ? 1 : 0;
    }
    return was;
  }

  @Override
  public Handed handOver(int most, long now, BiFunction<Event, UUID, NewWork> how) {
    throw new AssertionError("nobody hands over here");
  }

  @Override
  public Optional<Event> event(UUID event) {
    Event found = events.get(event);
    return Optional.ofNullable(found);
  }

  @Override
  public void add(Event event, NewWork next, long now) {
    happened(event);
    work.add(next);
  }

  @Override
  public void again(NewWork next, long now) {
    work.add(next);
  }

  @Override
  public void note(UUID endpoint, Delivery delivery) {
    deliveries.addFirst(delivery);
  }

  @Override
  public List<Delivery> deliveries(UUID endpoint, long before, int most) {
    return deliveries.stream()
        .filter(one -> before == 0 || one.id() < before)
        .limit(most)
        .toList();
  }

  @Override
  public void purge(long before, long now) {}
}
