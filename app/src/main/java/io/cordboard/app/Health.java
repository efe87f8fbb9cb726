package io.cordboard.app;

import io.cordboard.core.call.SwitchGaps;
import io.cordboard.core.sync.Connections;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.web.ops.HealthLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's health, line by line; each line that is not well names cause and mend. */
record Health(Core core, Path data) implements HealthLines {
  private static final long OLD_HOURS = 4;
  private static final long LITTLE_BYTES = 2L << 30;
  private static final long TOO_LITTLE_BYTES = 64L << 20;

  @Override
  public boolean alive() {
    return core.ledger.alive();
  }

  @Override
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    lines.add(down("ledger", ledger()));
    lines.add(down("database", core.vitals.stored().trouble()));
    lines.add(down("audit", core.audit.trouble()));
    lines.add(disk());
    switches(lines);
    lines.add(warn("work", work()));
    crms(lines);
    lines.add(warn("recordings", recordings()));
    lines.add(warn("webhooks", core.webhooks.warning()));
    if (core.board.all().stream().anyMatch(one -> one.capabilities().contains(Capability.STANDBY))) {
      lines.add(warn("fallback", fallback()));
    }
    core.dialled.warnings().forEach(told -> lines.add(warn("emergency", told)));
    return lines;
  }

  @Override
  public Figures figures() {
    Vitals.Stored stored = core.vitals.stored();
    long oldest = stored.work().oldestAt();
    List<ClockOf> clocks = new ArrayList<>();
    for (PhoneSwitch phoneSwitch : core.board.all()) {
      core.metrics.skew
          .of(phoneSwitch.id(), false)
          .ifPresent(micros -> clocks.add(new ClockOf(phoneSwitch.id(), micros / 1000)));
    }
    return new Figures(
        core.ledger.live(),
        core.ledger.backlog(),
        stored.work().open(),
        oldest == 0 ? null : Clock.instant(oldest),
        stored.dead(),
        stored.recordings().waiting(),
        stored.recordings().alarms(),
        core.audit.waiting(),
        data.toFile().getUsableSpace(),
        clocks);
  }

  private @Nullable String ledger() {
    String trouble = core.ledger.trouble();
    if (!alive()) {
      String cause = trouble == null ? "" : " Cause: " + trouble;
      return "The ledger has stopped: look into the log and restart the server." + cause;
    }
    return trouble == null ? core.vitals.live().trouble() : trouble;
  }

  private Line disk() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      if (free < LITTLE_BYTES) {
        String detail =
            "%d MB are free on the disk of %s: free some space.".formatted(free >> 20, data)
                + (free < RecordingRoom.RESERVE ? " Recordings wait on their switches." : "");
        return new Line("disk", free < TOO_LITTLE_BYTES ? State.DOWN : State.WARN, detail);
      }
      return new Line("disk", State.UP, null);
    } catch (IOException failed) {
      return down("disk", "The data directory %s cannot be looked at: %s".formatted(data, failed));
    }
  }

  /** One lost switch is a warning while another works; without any, no call can come. */
  private void switches(List<Line> lines) {
    Collection<PhoneSwitch> all = core.board.all();
    boolean one = all.stream().anyMatch(phoneSwitch -> trouble(phoneSwitch) == null);
    if (all.isEmpty()) {
      lines.add(warn("switches", "No switch is connected: run './cordboard pbx up', or start with the demo."));
    }
    for (PhoneSwitch phoneSwitch : all) {
      String name = "switch:" + phoneSwitch.id();
      String trouble = trouble(phoneSwitch);
      lines.add(one ? warn(name, trouble) : down(name, trouble));
      core.metrics.skew
          .of(phoneSwitch.id(), true)
          .ifPresent(
              micros ->
                  lines.add(
                      warn(
                          "clock:" + phoneSwitch.id(),
                          "The switch's clock is %d ms off ours: set both by NTP."
                              .formatted(micros / 1000))));
    }
  }

  private @Nullable String trouble(PhoneSwitch phoneSwitch) {
    Metrics.Link link = core.metrics.links.get(phoneSwitch.id());
    if (link == null) {
      return "It was never linked since the start.";
    }
    String reason = link.reason();
    return link.up() ? null : reason == null ? "The link is lost." : reason;
  }

  private @Nullable String work() {
    String trouble = core.recordings.runner.trouble();
    long dead = core.vitals.stored().dead();
    return trouble != null ? trouble : dead == 0 ? null : letters(dead);
  }

  private String letters(long dead) {
    long hours = (core.clock.micros() - core.vitals.stored().deadSince()) / 3_600_000_000L;
    String age = hours < OLD_HOURS ? "" : ", the oldest for %d hours".formatted(hours);
    return "%d dead letters%s: see GET /api/v1/dead-letters, mend the cause, retry them.".formatted(dead, age);
  }

  /** A system that is away is a warning: calls go on, and what waits for it is kept. */
  private void crms(List<Line> lines) {
    if (core.crms.trouble() != null) {
      lines.add(warn("crms", core.crms.trouble()));
    }
    for (Connections.Running one : core.crms.connections.running()) {
      String name = one.row().name();
      String trouble = one.joined().gate().state().trouble();
      trouble = trouble == null ? one.runner().trouble() : trouble;
      trouble = trouble == null ? one.reader().trouble() : trouble;
      long dead = core.crms.watch.of(name).dead();
      if (trouble == null && dead > 0) {
        trouble = "%d records wait for a person: see the dead letters of 'crm:%s'.".formatted(dead, name);
      }
      lines.add(warn("crm:" + name, trouble));
    }
    core.crms.connections.failed().forEach((name, why) -> lines.add(warn("crm:" + name, why)));
  }

  /** What hinders it, else which calls came that way within the last hour. */
  private @Nullable String fallback() {
    String trouble = core.standby.trouble();
    if (trouble == null) {
      trouble = core.afterTheGap.troubles().values().stream().findFirst().orElse(null);
    }
    long recent = core.clock.micros() - 3_600_000_000L;
    int calls =
        core.afterTheGap.last().values().stream()
            .filter(gap -> gap.at() > recent)
            .mapToInt(SwitchGaps.Gap::calls)
            .sum();
    return trouble != null || calls == 0
        ? trouble
        : "%d calls came in while this server was down; they are imported.".formatted(calls);
  }

  private @Nullable String recordings() {
    long alarms = core.vitals.stored().recordings().alarms();
    return alarms == 0
        ? null
        : "%d recordings have an alarm: see GET /api/v1/recordings/alarms.".formatted(alarms);
  }

  private static Line down(String name, @Nullable String trouble) {
    return new Line(name, trouble == null ? State.UP : State.DOWN, trouble);
  }

  private static Line warn(String name, @Nullable String trouble) {
    return new Line(name, trouble == null ? State.UP : State.WARN, trouble);
  }
}
