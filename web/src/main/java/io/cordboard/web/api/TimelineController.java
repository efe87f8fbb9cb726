package io.cordboard.web.api;

import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.profile.Timeline.Kind;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CustomerId;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened with a customer. */
@Tag(name = "customers")
@RestController
@RequestMapping("/api/v1/customers/{id}/timeline")
class TimelineController {
  private final SeeCustomer see;

  TimelineController(SeeCustomer see) {
    this.see = see;
  }

  /** A page of entries, the newest first. */
  record Entries(List<Entry> items, @Nullable String next) {}

  /**
   * One thing that happened.
   *
   * @param kind call, order or service
   * @param file the customer in whose file it stands
   */
  record Entry(
      String kind,
      String id,
      Instant at,
      String file,
      @Nullable String title,
      String state,
      @Nullable Instant closedAt,
      Timeline.@Nullable Amount amount,
      @Nullable Call call) {
    static Entry of(Timeline.Entry e, Principal who) {
      Timeline.Call call = e.call();
      return new Entry(
          e.kind().name().toLowerCase(Locale.ROOT),
          e.id(),
          e.at(),
          e.file().toString(),
          e.title(),
          e.state(),
          e.closedAt(),
          e.amount(),
          call == null ? null : Call.of(call, who));
    }
  }

  /**
   * A call with what was written and recorded of it.
   *
   * @param fallback the switch looked after it alone; its times are approximate
   * @param mayCorrect whether whoever asks talked last in it, and may correct its record
   * @param corrections what stood in the record before, the oldest first
   */
  record Call(
      String direction,
      @Nullable String number,
      String line,
      @Nullable String queue,
      @Nullable String agent,
      @Nullable String disposition,
      long waitMillis,
      long talkMillis,
      @Nullable String verifiedBy,
      Timeline.@Nullable Interval unobserved,
      List<Note> notes,
      List<Recording> recordings,
      List<Timeline.FilledIn> answers,
      boolean fallback,
      boolean mayCorrect,
      List<Corrected> corrections) {
    static Call of(Timeline.Call call, Principal who) {
      return new Call(
          call.direction(),
          call.number(),
          call.line(),
          call.queue(),
          call.agent(),
          call.disposition(),
          call.waitMillis(),
          call.talkMillis(),
          call.verifiedBy(),
          call.unobserved(),
          call.notes().stream().map(one -> Note.of(one, who)).toList(),
          call.recordings().stream().map(one -> Recording.of(one, who)).toList(),
          call.answers(),
          call.fallback(),
          call.talkedLast() != null && who.agent().equals(Optional.of(call.talkedLast())),
          call.corrections().stream().map(Corrected::of).toList());
    }
  }

  /**
   * What one agent wrote.
   *
   * @param mine whether that is whoever asks
   */
  record Note(@Nullable String agent, String text, boolean mine) {
    static Note of(Timeline.Note one, Principal who) {
      boolean mine = one.by() != null && who.agent().equals(Optional.of(one.by()));
      return new Note(one.agent(), one.text(), mine);
    }
  }

  /**
   * A recording of one agent's part.
   *
   * @param state WRITING, ON_SWITCH, PARTIAL, STORED or LOST
   * @param mayPlay whether whoever asks has the right to play it
   */
  record Recording(
      String id, String state, @Nullable String alarm, long durationMillis, boolean mayPlay) {
    static Recording of(Timeline.Recording one, Principal who) {
      boolean may = who.mayPlay(one.agent(), RecordingRow.isMessage(one.id()));
      return new Recording(one.id(), one.state(), one.alarm(), one.durationMillis(), may);
    }
  }

  @Operation(
      summary =
          "Calls with notes and recordings, orders and service records, the newest first; those of merged customers are included")
  @Needs(Permission.SEE_CUSTOMERS)
  @GetMapping
  Entries page(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable List<String> kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "30") int limit,
      Principal who) {
    Timeline.Position after =
        Cursor.read(
            cursor, 2,
            parts -> new Timeline.Position(Long.parseLong(parts.get(0)), parts.get(1)));
    Timeline.Page page =
        see.timeline(
            who, CustomerId.parse(id), kinds(kind), after, Input.between("limit", limit, 1, 200));
    Timeline.Position next = page.next();
    return new Entries(
        page.entries().stream().map(entry -> Entry.of(entry, who)).toList(),
        next == null ? null : Cursor.of(next.at(), next.key()));
  }

  private static Set<Kind> kinds(@Nullable List<String> asked) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (asked != null) {
      asked.forEach(one -> kinds.add(Code.of("kind", Kind.class, one)));
    }
    return kinds;
  }
}
