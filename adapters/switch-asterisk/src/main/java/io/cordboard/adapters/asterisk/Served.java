package io.cordboard.adapters.asterisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The sign to the watch beside Asterisk that somebody serves its calls: a file that is written anew every
 * second while the link stands. Where it stops, callers in our application are moved to the fallback.
 */
final class Served implements AutoCloseable {
  private final Path file;
  private final BooleanSupplier linked;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long signs;

  Served(Path file, BooleanSupplier linked) {
    this.file = file;
    this.linked = linked;
  }

  void start() {
    Thread.ofVirtual().name("asterisk-served").start(this::run);
  }

  private void run() {
    try {
      do {
        if (linked.getAsBoolean()) {
          sign();
        }
      } while (!closed.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void sign() {
    try {
      Files.writeString(file, Long.toString(++signs));
    } catch (IOException unwritable) {
      System.getLogger(Served.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} cannot be written", file);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
