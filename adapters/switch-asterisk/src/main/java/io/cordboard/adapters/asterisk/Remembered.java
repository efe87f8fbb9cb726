package io.cordboard.adapters.asterisk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The latest of our own ids that were carried out, so that a repeat does nothing. Thread-safe. */
final class Remembered<V> {
  private static final int MOST = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, V> latest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
          return size() > MOST;
        }
      };

  /** The value that was there already, or null. */
  @Nullable V putIfAbsent(String id, V value) {
    lock.lock();
    try {
      return latest.putIfAbsent(id, value);
    } finally {
      lock.unlock();
    }
  }

  void remove(String id) {
    lock.lock();
    try {
      latest.remove(id);
    } finally {
      lock.unlock();
    }
  }
}
