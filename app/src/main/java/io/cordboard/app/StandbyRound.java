package io.cordboard.app;

import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.journey.StandbyPlans;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Standby;
import io.cordboard.spi.telephony.StandbyPlan;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps on each switch what it shall do while we are down. Used by one thread at a time. */
final class StandbyRound {
  private static final Logger LOG = LoggerFactory.getLogger(StandbyRound.class);
  private static final int PATIENCE_SECONDS = 120;

  private final Supplier<Directory> directory;
  private final SwitchBoard board;
  private final Predicate<String> linked;
  private final Clock clock;
  private final Map<String, Told> told = new HashMap<>();
  private volatile @Nullable String trouble;

  /** The connection and the plan that it was told; another connection is told again. */
  private record Told(PhoneSwitch to, StandbyPlan plan) {}

  StandbyRound(
      Supplier<Directory> directory, SwitchBoard board, Predicate<String> linked, Clock clock) {
    this.directory = directory;
    this.board = board;
    this.linked = linked;
    this.clock = clock;
  }

  /** Null while every switch knows; else why one does not, for the health page. */
  @Nullable String trouble() {
    return trouble;
  }

  void tick() {
    LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    String wrong = null;
    for (PhoneSwitch one : board.all()) {
      if (!one.capabilities().contains(Capability.STANDBY) || !linked.test(one.id())) {
        continue;
      }
      StandbyPlan plan = StandbyPlans.of(directory.get(), one.id(), today);
      Told next = new Told(one, plan);
      if (!next.equals(told.get(one.id()))) {
        wrong = tell(one, next);
      }
    }
    if (wrong != null && !wrong.equals(trouble)) {
      LOG.warn("A switch does not know what to do without this server: {}", wrong);
    }
    trouble = wrong;
  }

  private @Nullable String tell(PhoneSwitch one, Told next) {
    try {
      one.as(Standby.class)
          .prepare(next.plan())
          .toCompletableFuture()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
      told.put(one.id(), next);
      return null;
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      return String.valueOf(cause == null ? failed.getMessage() : cause.getMessage());
    }
  }
}
