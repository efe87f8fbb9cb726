package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for a switch. */
final class Stages {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Stages() {}

  /** The stage's value, or its fault. */
  static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw cause instanceof Fault fault ? fault : bug(cause == null ? failed : cause);
    } catch (TimeoutException late) {
      throw new Fault.Unreachable("The switch did not answer within " + LIMIT + ".", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("Cordboard was stopped meanwhile.", stopped);
    }
  }

  private static Fault.Bug bug(Throwable cause) {
    return new Fault.Bug("The switch's adapter failed: " + cause, cause);
  }
}
