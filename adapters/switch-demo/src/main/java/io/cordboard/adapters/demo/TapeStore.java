package io.cordboard.adapters.demo;

import io.cordboard.adapters.demo.Tape.Reel;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finished recordings as files. One thread does the disk's work, in the order in which it was
 * asked.
 */
final class TapeStore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TapeStore.class.getName());

  private final Path directory;
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("demo-switch-recordings").daemon().factory());

  TapeStore(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw trouble("keep recordings in " + directory, failed);
    }
  }

  /** Whether a finished recording has this name. */
  boolean has(String name) {
    return Files.exists(says(name)) && Files.exists(hears(name));
  }

  /** Writes both tracks, then runs {@code done}, also when they could not be written. */
  void write(Reel reel, Runnable done) {
    disk.execute(
        () -> {
          try {
            new TrackWriter(reel).write(says(reel.name()), hears(reel.name()));
          } catch (IOException | RuntimeException failed) {
            LOG.log(
                System.Logger.Level.ERROR,
                "Recording '" + reel.name() + "' is lost: it cannot be written to " + directory,
                failed);
          }
          done.run();
        });
  }

  CompletionStage<Tracks> fetch(String name, Path target) {
    return ask(() -> copy(name, target));
  }

  CompletionStage<@Nullable Void> delete(String name) {
    return ask(
        () -> {
          erase(name);
          return null;
        });
  }

  private <T extends @Nullable Object> CompletionStage<T> ask(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, disk);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(
          new Fault.Unreachable("The demo switch is closed.", closed));
    }
  }

  /** Returns when everything that was asked is done. */
  @Override
  public void close() {
    disk.close();
  }

  private Tracks copy(String name, Path target) {
    if (!has(name)) {
      throw new Fault.NotFound("The demo switch has no recording '%s'.".formatted(name));
    }
    try {
      Files.createDirectories(target);
      return new Tracks(copy(says(name), target), copy(hears(name), target));
    } catch (IOException failed) {
      throw trouble("copy recording '%s' to %s".formatted(name, target), failed);
    }
  }

  private static Path copy(Path file, Path target) throws IOException {
    Path copy = target.resolve(file.getFileName());
    return Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private void erase(String name) {
    try {
      Files.deleteIfExists(says(name));
      Files.deleteIfExists(hears(name));
    } catch (IOException failed) {
      throw trouble("delete recording '%s' in %s".formatted(name, directory), failed);
    }
  }

  private Path says(String name) {
    return directory.resolve(name + "-says.wav");
  }

  private Path hears(String name) {
    return directory.resolve(name + "-hears.wav");
  }

  private static Fault.Refused trouble(String deed, IOException cause) {
    return new Fault.Refused(
        "The demo switch cannot %s: %s. Look after space and rights of that directory."
            .formatted(deed, cause));
  }
}
