package io.cordboard.web.api;

import io.cordboard.core.journey.ReconcileCrms;
import io.cordboard.core.journey.ReconcileCrms.Standing;
import io.cordboard.core.sync.ReportStore.Found;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Comparisons of everything with a system that is joined. */
@Tag(name = "crms")
@RestController
@RequestMapping("/api/v1/crms/{name}/comparisons")
class ReconcileController {
  private static final int USUAL = 50;
  private static final int MOST = 200;
  private final ReconcileCrms reconcile;

  ReconcileController(ReconcileCrms reconcile) {
    this.reconcile = reconcile;
  }

  /**
   * What is wanted.
   *
   * @param repair whether what differs is made equal by the rules of the sync; else it is only told
   */
  record ComparisonOrder(@Nullable Boolean repair) {}

  /**
   * A comparison; its figures are of what stood before any repair.
   *
   * @param compared so far, while it runs
   * @param consistencyPercent null while it runs, and where it failed
   */
  record Comparison(
      long id, String state, Instant beganAt, @Nullable Instant endedAt, String by, @Nullable String why, long compared,
      long equal, long differing, long missingHere, long missingThere, long repaired,
      @Nullable Double consistencyPercent) {
    static Comparison of(Standing standing) {
      var kept = standing.kept();
      boolean done = kept.state() == io.cordboard.core.sync.ReportStore.State.DONE;
      return new Comparison(
          kept.id(), kept.state().name(), Clock.instant(kept.beganAt()),
          kept.endedAt() == 0 ? null : Clock.instant(kept.endedAt()), kept.by(), kept.why(), standing.comparedSoFar(),
          kept.equal(), kept.differing(), kept.missingHere(), kept.missingThere(), kept.repaired(),
          done ? kept.consistencyPercent() : null);
    }
  }

  record ComparisonList(List<Comparison> items, @Nullable String next) {}

  /**
   * A record that was not equal.
   *
   * @param ours our id; empty where we do not have it
   * @param theirs their id; empty where they do not have it
   * @param fields of ours that differ
   */
  record DriftView(String kind, String what, String ours, String theirs, Set<String> fields) {
    static DriftView of(Found found) {
      return new DriftView(
          found.kind().word(), found.drift().what().name(), found.drift().ours(), found.drift().theirs(),
          found.drift().fields());
    }
  }

  record DriftList(List<DriftView> items, @Nullable String next) {}

  @Operation(summary = "Compare everything with it; goes on in the background")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Comparison begin(@PathVariable String name, @RequestBody ComparisonOrder order, Principal who) {
    return Comparison.of(reconcile.begin(who, name, Boolean.TRUE.equals(order.repair())));
  }

  @Operation(summary = "Comparisons with it, the newest first")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping
  ComparisonList list(
      @PathVariable String name, @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit, Principal who) {
    int most = most(limit);
    List<Standing> page = reconcile.list(who, name, number(cursor, Long.MAX_VALUE), most + 1);
    boolean more = page.size() > most;
    List<Standing> shown = more ? page.subList(0, most) : page;
    return new ComparisonList(
        shown.stream().map(Comparison::of).toList(), more ? String.valueOf(shown.getLast().kept().id()) : null);
  }

  @Operation(summary = "One comparison")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping("/{id}")
  Comparison read(@PathVariable String name, @PathVariable long id, Principal who) {
    return Comparison.of(reconcile.read(who, name, id));
  }

  @Operation(summary = "What was not equal, the first thousand of each kind")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping("/{id}/drifts")
  DriftList drifts(
      @PathVariable String name, @PathVariable long id, @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit, Principal who) {
    int most = most(limit);
    int after = (int) Math.min(Integer.MAX_VALUE, number(cursor, 0));
    List<Found> page = reconcile.drifts(who, name, id, after, most + 1);
    boolean more = page.size() > most;
    List<Found> shown = more ? page.subList(0, most) : page;
    return new DriftList(
        shown.stream().map(DriftView::of).toList(), more ? String.valueOf(shown.getLast().n()) : null);
  }

  private static int most(@Nullable Integer limit) {
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw new Fault.BadRequest("'limit' has to be between 1 and %d.".formatted(MOST));
    }
    return limit == null ? USUAL : limit;
  }

  private static long number(@Nullable String cursor, long first) {
    if (cursor == null) {
      return first;
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw new Fault.BadRequest("'cursor' is not one that was given with a page.");
    }
    return Long.parseLong(cursor);
  }
}
