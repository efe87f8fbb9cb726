package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps who is told. Thread-safe; throws {@link Fault.Unreachable} while the database is away. */
public interface Endpoints {
  /** All of them, the newest first. */
  List<Endpoint> list();

  /** One of them. */
  Optional<Endpoint> find(UUID id);

  /** Adds one with its secret. */
  void add(Endpoint endpoint, SigningSecret secret);

  /**
   * Changes address, description, events, form and whether it is active; its health is that of {@code
   * endpoint} too.
   *
   * @throws Fault.NotFound when there is none
   */
  void change(Endpoint endpoint);

  /**
   * Takes it away with all that it was still to be told.
   *
   * @throws Fault.NotFound when there is none
   */
  void remove(UUID id, long now);

  /** Secrets that sign now, the newest first. */
  List<SigningSecret> secrets(UUID id, long now);

  /**
   * From now on a new secret signs, and the one before it too for a while.
   *
   * @param until of the one before, microseconds UTC
   * @throws Fault.NotFound when there is none
   */
  void rotate(UUID id, SigningSecret fresh, long now, long until);

  /** It was told something; its failures in a row are over. */
  void succeeded(UUID id, long at);

  /** It could not be told something; how it stands now. */
  Optional<Health> failed(UUID id, long at, String why);

  /**
   * Switches it off, if it is on.
   *
   * @param drop whether what it was still to be told is dropped; else it is told when it is switched on
   * @return whether it was on
   */
  boolean off(UUID id, long at, String why, boolean drop);
}
