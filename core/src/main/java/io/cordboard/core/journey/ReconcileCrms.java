package io.cordboard.core.journey;

import io.cordboard.core.sync.Connections.Running;
import io.cordboard.core.sync.Reconcile;
import io.cordboard.core.sync.Reconcile.Report;
import io.cordboard.core.sync.ReportStore;
import io.cordboard.core.sync.ReportStore.Found;
import io.cordboard.core.sync.ReportStore.Kept;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Everything is compared with a system: when somebody asks for it, and by itself once a day. */
public final class ReconcileCrms {
  private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1000;
  private static final String BY_ITSELF = "system";

  private final CrmParts parts;
  private final ReportStore reports;
  private final Map<String, Long> running = new ConcurrentHashMap<>();

  public ReconcileCrms(CrmParts parts, ReportStore reports) {
    this.parts = parts;
    this.reports = reports;
  }

  /** A comparison, and how many records it has compared where it runs still. */
  public record Standing(Kept kept, long comparedSoFar) {}

  /**
   * Begins one; goes on after it has returned.
   *
   * @param repair whether what differs is made equal by the rules of the sync
   */
  public Standing begin(Principal who, String name, boolean repair) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    parts.audited(who, "crm-compared", name, Map.of("repair", String.valueOf(repair)));
    return begin(name, repair, who.auditName());
  }

  private Standing begin(String name, boolean repair, String by) {
    Running system = parts.connections().running(name);
    if (kinds(system).isEmpty()) {
      throw new Fault.Refused("'%s' cannot list its records: there is nothing to compare with.".formatted(name));
    }
    if (running.putIfAbsent(name, 0L) != null) {
      throw new Fault.Refused("Everything is being compared with '%s' already: wait for the end.".formatted(name));
    }
    try {
      long id = reports.begin(name, parts.clock().micros(), by);
      parts.worker().execute(() -> compare(id, system, repair));
      return standing(reports.read(id));
    } catch (RuntimeException refused) {
      running.remove(name);
      throw refused;
    }
  }

  private static TreeSet<RecordKind> kinds(Running system) {
    TreeSet<RecordKind> kinds = new TreeSet<>(system.joined().mappings().keySet());
    kinds.removeIf(kind -> !system.joined().crm().can(kind, Ability.SCAN));
    return kinds;
  }

  private void compare(long id, Running system, boolean repair) {
    String name = system.row().name();
    try {
      Reconcile reconcile = new Reconcile(system.joined(), parts.sync(), system.receive(), parts.clock());
      List<Report> found = new ArrayList<>();
      for (RecordKind kind : kinds(system)) {
        long before = found.stream().mapToLong(Report::compared).sum();
        found.add(reconcile.all(kind, repair, compared -> running.put(name, before + compared)));
      }
      reports.end(id, found, parts.clock().micros());
    } catch (RuntimeException failed) {
      String why = failed instanceof Fault fault ? fault.getMessage() : "A mistake of ours: " + failed;
      reports.fail(id, why, parts.clock().micros());
    } finally {
      running.remove(name);
    }
  }

  /** Begins those whose last one was more than a day ago; to be called now and then, when it disturbs least. */
  public void daily() {
    for (Running system : parts.connections().running()) {
      String name = system.row().name();
      boolean due =
          reports.list(name, Long.MAX_VALUE, 1).stream()
              .allMatch(last -> parts.clock().micros() - last.beganAt() > DAY_MICROS);
      if (due && !kinds(system).isEmpty() && !running.containsKey(name)) {
        begin(name, false, BY_ITSELF);
      }
    }
  }

  /** What did not end with the last server will never end. */
  public void start() {
    reports.abandon("The server was stopped meanwhile: begin anew.", parts.clock().micros());
  }

  /** Those with a system, the newest first. */
  public List<Standing> list(Principal who, String name, long before, int most) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    parts.row(name);
    return reports.list(name, before, most).stream().map(this::standing).toList();
  }

  /** One of a system. */
  public Standing read(Principal who, String name, long id) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Kept kept = reports.read(id);
    if (!kept.crm().equals(name)) {
      throw new Fault.NotFound("There is no comparison %d with '%s'.".formatted(id, Fault.excerpt(name)));
    }
    return standing(kept);
  }

  /** What was not equal. */
  public List<Found> drifts(Principal who, String name, long id, int after, int most) {
    read(who, name, id);
    return reports.drifts(id, after, most);
  }

  /** The figure of the last one that ended; 100 where there was none. */
  public double lastPercent(String name) {
    return reports.list(name, Long.MAX_VALUE, 10).stream()
        .filter(kept -> kept.state() == ReportStore.State.DONE)
        .findFirst()
        .map(Kept::consistencyPercent)
        .orElse(100.0);
  }

  private Standing standing(Kept kept) {
    return new Standing(kept, kept.endedAt() > 0 ? kept.compared() : running.getOrDefault(kept.crm(), 0L));
  }
}
