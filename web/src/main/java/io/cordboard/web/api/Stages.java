package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the core. */
final class Stages {
  private static final int SECONDS = 10;

  private Stages() {}

  /** What the stage gives; its fault is thrown as it is. */
  static <T extends @Nullable Object> T wait(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException fault
          ? fault
          : new CompletionException(failed.getCause());
    } catch (TimeoutException late) {
      throw new Fault.OutcomeUnknown(
          "It was asked for, but not confirmed within " + SECONDS + " s: look before repeating.",
          late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault.OutcomeUnknown("Cordboard is stopping: look before repeating.", stopped);
    }
  }
}
