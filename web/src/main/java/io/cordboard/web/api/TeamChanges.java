package io.cordboard.web.api;

/** Told after users were added or changed: who can be offered calls has to be read again. */
@FunctionalInterface
public interface TeamChanges {
  /** Something changed; returns when the change is known everywhere in this process. */
  void changed();
}
