package io.cordboard.web.fake;

import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.Endpoints;
import io.cordboard.core.sync.webhook.EventOutbox;
import io.cordboard.core.sync.webhook.Sender;
import io.cordboard.core.sync.webhook.SigningSecret;
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

/** Endpoints and events in memory; sends nothing. */
public final class FakeWebhooks implements Endpoints, EventOutbox, Sender {
  public final AtomicInteger changes = new AtomicInteger();
  public final List<NewWork> work = new CopyOnWriteArrayList<>();
  private final Map<UUID, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<UUID, List<SigningSecret>> secrets = new ConcurrentHashMap<>();
  private final Map<UUID, Event> events = new ConcurrentHashMap<>();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

  /** Something that happened before. */
  public void happened(Event event) {
    events.put(event.id(), event);
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

  @Override
  public void succeeded(UUID id, long at) {}

  @Override
  public Optional<Health> failed(UUID id, long at, String why) {
    return Optional.empty();
  }

  @Override
  public boolean off(UUID id, long at, String why, boolean drop) {
    return false;
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

  @Override
  public void mustReach(String url) {
    if (!url.startsWith("https://") || url.contains("internal")) {
      throw new Fault.Refused("'%s' is inside of the own network.".formatted(Fault.excerpt(url)));
    }
  }

  @Override
  public Line open(String url) {
    throw new AssertionError("nobody sends here");
  }
}
