package io.cordboard.web.desk;

import io.cordboard.web.session.Sessions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Every two seconds: beats of the open desks, and the end of old sessions. */
final class Heartbeat implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final int SECONDS = 2;
  private final DeskSocket desk;
  private final Sessions sessions;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("web-heartbeat").factory());
  private @Nullable ScheduledFuture<?> running;

  Heartbeat(DeskSocket desk, Sessions sessions) {
    this.desk = desk;
    this.sessions = sessions;
  }

  private void beat() {
    try {
      desk.beat();
      sessions.sweep();
    } catch (RuntimeException mistake) {
      LOG.error("A heartbeat failed; the next one comes", mistake);
    }
  }

  @Override
  public void start() {
    running = timer.scheduleAtFixedRate(this::beat, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    running = null;
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }
}
