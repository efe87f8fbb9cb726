package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.work.DeadLetters;
import io.cordboard.core.work.DeadLetters.DeadLetter;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

/** Work that nobody tries again by itself. */
@Tag(name = "dead letters")
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLetterController {
  private static final int MOST = 200;
  private static final int MOST_AT_ONCE = 2_000;
  private final DeadLetters letters;
  private final Audit audit;

  DeadLetterController(DeadLetters letters, Audit audit) {
    this.letters = letters;
    this.audit = audit;
  }

  /**
   * A page of dead letters, the oldest first.
   *
   * @param count how many there are of those that were asked for
   * @param kinds the kinds of work of which there are any, whatever was asked for
   * @param next cursor of the next page, null on the last one
   */
  record Letters(
      List<Letter> items, long count, List<LetterKind> kinds, @Nullable String next) {}

  /** Dead letters of one kind of work; oldestAt since when the first of them waits for a person. */
  record LetterKind(String kind, long count, Instant oldestAt) {}

  /**
   * A dead letter.
   *
   * @param key what is held up by it, such as a recording's name
   * @param behind how many later items wait for it
   * @param payload its form; what may be somebody's own is hidden
   * @param inDoubt an attempt may have had its effect: it is looked up before it is tried again
   * @param history its last attempts, the oldest first
   */
  record Letter(
      long id,
      String kind,
      String key,
      int attempts,
      String reason,
      long behind,
      Instant createdAt,
      Instant diedAt,
      String payload,
      boolean inDoubt,
      List<Failure> history) {
    static Letter of(DeadLetter l) {
      return new Letter(
          l.id(),
          l.kind(),
          l.key(),
          l.attempts(),
          l.reason(),
          l.behind(),
          Clock.instant(l.createdAt()),
          Clock.instant(l.diedAt()),
          l.payload(),
          l.inDoubt(),
          l.history().stream().map(Failure::of).toList());
    }
  }

  /** What came of one attempt. */
  record Failure(int attempt, Instant at, boolean inDoubt, String reason) {
    static Failure of(DeadLetters.Failure failure) {
      return new Failure(
          failure.attempt(), Clock.instant(failure.at()), failure.inDoubt(), failure.reason());
    }
  }

  /** Which ones. */
  record Several(List<Long> ids) {}

  /** All of some kinds of work, such as crm:NAME. */
  record Kinds(List<String> kinds) {}

  /** How many were opened again; left how many still wait, because there were too many for one request. */
  record AllRetried(long retried, long left) {}

  /**
   * What became of several.
   *
   * @param gone those that were no dead letters any more
   */
  record Retried(List<Long> retried, List<Long> gone) {}

  @Operation(summary = "Dead letters, the oldest first")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping
  Letters list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable List<String> kind) {
    int most = Input.between("limit", limit, 1, MOST);
    Set<String> kinds = kinds(kind == null ? List.of() : kind);
    List<Letter> items =
        letters.list(kinds, Cursor.number(cursor), most).stream().map(Letter::of).toList();
    String next = items.size() < most ? null : Long.toString(items.getLast().id());
    List<LetterKind> counts =
        letters.counts().entrySet().stream()
            .map(
                one ->
                    new LetterKind(
                        one.getKey(), one.getValue().count(), Clock.instant(one.getValue().oldestAt())))
            .toList();
    long count =
        counts.stream()
            .filter(one -> kinds.isEmpty() || kinds.contains(one.kind()))
            .mapToLong(LetterKind::count)
            .sum();
    return new Letters(items, count, counts, next);
  }

  private static Set<String> kinds(List<String> kinds) {
    Input.between("kinds", kinds.size(), 0, 20);
    return kinds.stream().map(one -> Input.text("kind", one, 60)).collect(Collectors.toSet());
  }

  @Operation(summary = "Try it again; what is in doubt is looked up first")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/{id}/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retry(@PathVariable long id, Principal who) {
    retry(who, id);
  }

  private void retry(Principal who, long id) {
    Audited.run(
        audit,
        AuditEntry.done(who, "dead-letter-retried", "work:" + id),
        () -> {
          letters.retry(id);
          return id;
        });
  }

  @Operation(summary = "Try several again; those that are none any more are told")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/retry")
  Retried retrySeveral(@RequestBody Several several, Principal who) {
    Input.between("ids", several.ids().size(), 1, MOST);
    List<Long> retried = new ArrayList<>();
    List<Long> gone = new ArrayList<>();
    for (long id : new LinkedHashSet<>(several.ids())) {
      try {
        retry(who, id);
        retried.add(id);
      } catch (Fault.NotFound already) {
        gone.add(id);
      }
    }
    return new Retried(retried, gone);
  }

  @Operation(summary = "Try all of some kinds of work again, 2,000 at most at once")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/retry-all")
  AllRetried retryAll(@RequestBody Kinds kinds, Principal who) {
    Input.between("kinds", Input.whole("kinds", kinds.kinds()).size(), 1, 20);
    Set<String> wanted = kinds(kinds.kinds());
    return Audited.run(
        audit,
        AuditEntry.done(who, "dead-letters-retried", "work:" + String.join(" ", new TreeSet<>(wanted))),
        () -> retryAll(wanted));
  }

  private AllRetried retryAll(Set<String> kinds) {
    long retried = 0;
    List<DeadLetter> page = letters.list(kinds, 0, MOST);
    while (!page.isEmpty() && retried < MOST_AT_ONCE) {
      for (DeadLetter letter : page) {
        try {
          letters.retry(letter.id());
          retried++;
        } catch (Fault.NotFound already) {
          // somebody else did
        }
      }
      page = letters.list(kinds, page.getLast().id(), MOST);
    }
    long left =
        letters.counts().entrySet().stream()
            .filter(one -> kinds.contains(one.getKey()))
            .mapToLong(one -> one.getValue().count())
            .sum();
    return new AllRetried(retried, page.isEmpty() ? 0 : left);
  }

  @Operation(summary = "Close it for good without doing it")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/{id}/dismiss")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void dismiss(@PathVariable long id, Principal who) {
    Audited.run(
        audit,
        AuditEntry.done(who, "dead-letter-dismissed", "work:" + id),
        () -> {
          letters.dismiss(id);
          return id;
        });
  }
}
