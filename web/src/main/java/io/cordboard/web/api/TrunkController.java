package io.cordboard.web.api;

import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How each trunk's numbers are read. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1/trunks")
class TrunkController {
  private final TrunkBook trunks;
  private final Audit audit;

  TrunkController(TrunkBook trunks, Audit audit) {
    this.trunks = trunks;
    this.audit = audit;
  }

  record TrunkList(List<Trunk> items) {}

  /** A trunk; the one named default holds for all that have no rules of their own. */
  record Trunk(String name, TrunkOrder rules) {
    static Trunk of(Map.Entry<String, TrunkRules> entry) {
      return new Trunk(entry.getKey(), TrunkOrder.of(entry.getValue()));
    }
  }

  @Operation(summary = "The rules of all trunks, by name")
  @Needs({Permission.TRY_NUMBERS, Permission.SEE_SYSTEM})
  @GetMapping
  TrunkList list() {
    return new TrunkList(trunks.all().entrySet().stream().map(Trunk::of).toList());
  }

  @Operation(summary = "Set the rules of a trunk; the next call is read by them")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/{name}")
  Trunk change(@PathVariable String name, @RequestBody TrunkOrder order, Principal who) {
    TrunkBook.checkName(name);
    TrunkRules rules = order.rules();
    audit.recordNow(entry(who, "trunk-changed", name, rules));
    trunks.change(name, rules);
    return new Trunk(name, TrunkOrder.of(rules));
  }

  @Operation(summary = "Read a trunk by the usual rules again")
  @Needs(Permission.MANAGE_SYSTEM)
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name, Principal who) {
    TrunkBook.checkName(name);
    audit.recordNow(AuditEntry.done(who, "trunk-removed", "trunk:" + name));
    trunks.remove(name);
  }

  private static AuditEntry entry(Principal who, String what, String name, TrunkRules rules) {
    return new AuditEntry(
        who.auditName(),
        what,
        "trunk:" + name,
        Outcome.DONE,
        null,
        Map.of(
            "region", rules.place().region() + " " + rules.place().areaCode(),
            "outside", String.join(" ", rules.place().outsidePrefixes()),
            "line", rules.lineFrom().toString(),
            "asserted", rules.trustAsserted() ? "trusted" : "not trusted",
            "rewrites", rules.rewrites().toString()));
  }
}
