package io.cordboard.web.api;

import io.cordboard.core.call.recording.RecordingAlarms;
import io.cordboard.core.call.recording.RecordingAlarms.Alarmed;
import io.cordboard.core.call.recording.RecordingAlarms.Position;
import io.cordboard.core.call.recording.RecordingAlarms.Settlement;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

/** Recordings that somebody should look at. */
@Tag(name = "recordings")
@RestController
@RequestMapping("/api/v1/recordings")
class RecordingAlarmController {
  private static final Instant FARTHEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private final RecordingAlarms alarms;
  private final RecordingStore recordings;
  private final Users users;
  private final Audit audit;
  private final Clock clock;

  RecordingAlarmController(
      RecordingAlarms alarms, RecordingStore recordings, Users users, Audit audit, Clock clock) {
    this.alarms = alarms;
    this.recordings = recordings;
    this.users = users;
    this.audit = audit;
    this.clock = clock;
  }

  /** Which alarms. */
  enum Which {
    OPEN,
    SETTLED
  }

  /**
   * A page of alarms, the newest first.
   *
   * @param count how many are open in all
   * @param waiting how many recordings are still on their switch
   * @param next cursor of the next page, null on the last one
   */
  record AlarmList(List<AlarmView> items, long count, long waiting, @Nullable String next) {}

  /**
   * How an alarm was dealt with.
   *
   * @param measure what was found or done
   * @param raisedAt of the alarm that was looked at
   */
  record Settling(String measure, Instant raisedAt) {}

  @Operation(summary = "Recordings with an alarm: silent, partial, lost, damaged, not fetched yet")
  @Needs(Permission.SEE_TEAM)
  @GetMapping("/alarms")
  AlarmList alarms(
      @RequestParam(defaultValue = "open") String state,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      Principal who) {
    Position after =
        Cursor.read(
            cursor, 2,
            parts -> new Position(Long.parseLong(parts.getFirst()), recording(parts.getLast())));
    int most = Input.between("limit", limit, 1, 200);
    List<Alarmed> page =
        switch (Code.of("state", Which.class, state)) {
          case OPEN -> alarms.open(after, most);
          case SETTLED -> alarms.settled(after, most);
        };
    PeopleNames names = new PeopleNames(users);
    RecordingStore.Counts counts = recordings.counts();
    return new AlarmList(
        page.stream().map(one -> AlarmView.of(one, who, names)).toList(),
        counts.alarms(),
        counts.waiting(),
        page.size() < most ? null : next(page.getLast().position()));
  }

  private static String recording(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault.BadRequest("'%s' is no recording's name.".formatted(Fault.excerpt(name)));
    }
    return name;
  }

  private static String next(Position last) {
    return Cursor.of(last.at(), last.recording());
  }

  @Operation(summary = "Somebody has seen to a recording's alarm; say what was found or done")
  @Needs(Permission.SEE_TEAM)
  @PostMapping("/{name}/alarm/settle")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void settle(@PathVariable String name, @RequestBody Settling settling, Principal who) {
    String measure = Input.text("measure", settling.measure(), 500);
    Instant raised = settling.raisedAt();
    if (raised.isBefore(Instant.EPOCH) || raised.isAfter(FARTHEST)) {
      throw new Fault.BadRequest("'raisedAt' is no time at which an alarm was raised.");
    }
    RecordingRow row =
        recordings
            .byName(name)
            .orElseThrow(
                () ->
                    new Fault.NotFound("There is no recording '%s'.".formatted(Fault.excerpt(name))));
    Audited.run(
        audit,
        settled(who, row, raised, measure),
        () -> {
          alarms.settle(
              row.name(),
              ChronoUnit.MICROS.between(Instant.EPOCH, raised),
              new Settlement(who.auditName(), measure, clock.micros()));
          return true;
        });
  }

  // what was found may name a customer: its words stay with the alarm, the trail can prove them
  private static AuditEntry settled(Principal who, RecordingRow row, Instant raised, String measure) {
    return new AuditEntry(
        who.auditName(),
        "recording-alarm-settled",
        "recording:" + row.name(),
        Outcome.DONE,
        "call:" + row.call(),
        Map.of("raisedAt", raised.toString(), "measure", Audited.proof(measure)));
  }
}
