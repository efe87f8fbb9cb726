package io.cordboard.web.api;

import io.cordboard.core.identity.Stamp;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkStore.Change;
import io.cordboard.core.identity.TrunkStore.Version;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Clock;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How each trunk's numbers are read. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1/trunks")
class TrunkController {
  private final TrunkBook trunks;
  private final Users users;
  private final Audit audit;
  private final Clock clock;

  TrunkController(TrunkBook trunks, Users users, Audit audit, Clock clock) {
    this.trunks = trunks;
    this.users = users;
    this.audit = audit;
    this.clock = clock;
  }

  record TrunkList(List<Trunk> items) {}

  /**
   * A trunk; the one named default holds for all that have no rules of their own.
   *
   * @param version sent back with a change, so that nobody's change is overwritten unseen; 0 for rules
   *     that nobody wrote
   */
  record Trunk(String name, int version, TrunkOrder rules) {
    static Trunk of(String name, Version version, TrunkRules rules) {
      return new Trunk(name, version.n(), TrunkOrder.of(rules));
    }
  }

  /** A page of what the rules were, the newest first. */
  record History(List<Past> items, @Nullable String next) {}

  /**
   * The rules after one change.
   *
   * @param at null for rules that are older than the history
   * @param by who changed them, for people to read
   * @param rules null when the trunk had none of its own from then on
   */
  record Past(int version, @Nullable Instant at, String by, @Nullable TrunkOrder rules) {
    static Past of(Version version, PeopleNames names) {
      TrunkRules rules = version.rules();
      return new Past(
          version.n(),
          Clock.instantOrNull(version.how().at()),
          names.of(version.how().by()),
          rules == null ? null : TrunkOrder.of(rules));
    }
  }

  @Operation(summary = "The rules of all trunks, by name")
  @Needs({Permission.TRY_NUMBERS, Permission.SEE_SYSTEM})
  @GetMapping
  TrunkList list() {
    return new TrunkList(
        trunks.all().entrySet().stream()
            .flatMap(
                one ->
                    Optional.ofNullable(one.getValue().rules()).stream()
                        .map(rules -> Trunk.of(one.getKey(), one.getValue(), rules)))
            .toList());
  }

  @Operation(summary = "Set the rules of a trunk; the next call is read by them")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/{name}")
  Trunk change(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestBody TrunkOrder order,
      Principal who) {
    TrunkBook.checkName(name);
    TrunkRules rules = order.rules();
    return Audited.run(
        audit,
        entry(who, "trunk-changed", name, details(version, rules)),
        () -> Trunk.of(name, trunks.change(name, rules, change(version, who)), rules));
  }

  @Operation(summary = "Read a trunk by the usual rules again")
  @Needs(Permission.MANAGE_SYSTEM)
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer version,
      Principal who) {
    TrunkBook.checkName(name);
    Audited.run(
        audit,
        entry(who, "trunk-removed", name, Map.of("version", seen(version))),
        () -> {
          trunks.remove(name, change(version, who));
          return true;
        });
  }

  private Change change(@Nullable Integer version, Principal who) {
    return new Change(version, new Stamp(clock.micros(), who.auditName()));
  }

  @Operation(summary = "What the rules of a trunk were, and who changed them; set an older one to take a change back")
  @Needs({Permission.TRY_NUMBERS, Permission.SEE_SYSTEM})
  @GetMapping("/{name}/history")
  History history(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    TrunkBook.checkName(name);
    int most = Input.between("limit", limit, 1, 100);
    long before = Cursor.number(cursor);
    List<Version> page =
        trunks.history(
            name, before <= 0 ? Integer.MAX_VALUE : (int) Math.min(before, Integer.MAX_VALUE), most);
    PeopleNames names = new PeopleNames(users);
    return new History(
        page.stream().map(version -> Past.of(version, names)).toList(),
        page.size() < most ? null : String.valueOf(page.getLast().n()));
  }

  private static AuditEntry entry(
      Principal who, String what, String name, Map<String, String> details) {
    return new AuditEntry(who.auditName(), what, "trunk:" + name, Outcome.DONE, null, details);
  }

  private static Map<String, String> details(@Nullable Integer version, TrunkRules rules) {
    return Map.of(
        "version", seen(version),
        "region", rules.place().region() + " " + rules.place().areaCode(),
        "outside", String.join(" ", rules.place().outsidePrefixes()),
        "line", rules.lineFrom().toString(),
        "asserted", rules.trustAsserted() ? "trusted" : "not trusted",
        "rewrites", rules.rewrites().toString());
  }

  private static String seen(@Nullable Integer version) {
    return version == null ? "whatever it is" : version.toString();
  }
}
