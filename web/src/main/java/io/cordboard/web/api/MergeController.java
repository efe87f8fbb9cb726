package io.cordboard.web.api;

import io.cordboard.core.identity.MergeLink;
import io.cordboard.core.identity.MergeStore.Ended;
import io.cordboard.core.identity.MergeStore.WrittenFact;
import io.cordboard.core.journey.MergeCustomers;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Entries that are one customer, and that are two after all. */
@Tag(name = "merges")
@RestController
@RequestMapping("/api/v1")
class MergeController {
  private static final int MOST_CHOICES = 2_000;
  private final MergeCustomers merges;

  MergeController(MergeCustomers merges) {
    this.merges = merges;
  }

  /**
   * Which customer this one is.
   *
   * @param into under whom it is found afterwards
   */
  record MergeOrder(String into, @Nullable String reason) {}

  /** A merge; it stands while {@code endedAt} is null. */
  record Merge(
      String id, String loser, String survivor, Instant at, String reason, @Nullable Instant endedAt) {
    static Merge of(MergeLink link) {
      return new Merge(
          link.id().toString(),
          link.loser().toString(),
          link.survivor().toString(),
          Clock.instant(link.opened().at()),
          link.reason(),
          link.closed() == null ? null : Clock.instant(link.closed().at()));
    }
  }

  record Merges(List<Merge> items) {}

  /**
   * Something that was written while two were one.
   *
   * @param kind CALL, CONSENT, IDENTITY or CHANGE
   * @param file the customer in whose file it stands
   * @param about what it is: an outcome, a consent, a field
   */
  record FactView(String id, String kind, String file, Instant at, String about) {
    static FactView of(WrittenFact fact) {
      return new FactView(
          fact.id().toString(),
          fact.kind(),
          fact.file().toString(),
          Clock.instant(fact.at()),
          fact.text());
    }
  }

  /**
   * What an undo would leave.
   *
   * @param facts say of each whose it is, when undoing
   * @param laterMerges made while the two were one: look at them afterwards
   */
  record Preview(Merge merge, List<FactView> facts, List<Merge> laterMerges) {}

  /** Whose a fact is. */
  record Choice(String fact, String customer) {}

  record UndoOrder(@Nullable List<Choice> choices) {
    Map<UUID, CustomerId> byFact() {
      List<Choice> list = choices == null ? List.of() : choices;
      Input.between("choices", list.size(), 0, MOST_CHOICES);
      Map<UUID, CustomerId> byFact = new HashMap<>();
      Input.whole("choices", list)
          .forEach(one -> byFact.put(Code.id(one.fact()), CustomerId.parse(one.customer())));
      return byFact;
    }
  }

  /**
   * Two customers again.
   *
   * @param moved facts that went to the other file; each is a privacy incident
   */
  record Undone(List<String> loser, List<String> survivor, int moved, List<Merge> laterMerges) {
    static Undone of(Ended ended) {
      return new Undone(
          texts(ended.unmerge().loser()),
          texts(ended.unmerge().survivor()),
          ended.moved(),
          ended.unmerge().toReview().stream().map(Merge::of).toList());
    }

    private static List<String> texts(Collection<CustomerId> customers) {
      return customers.stream().map(CustomerId::toString).toList();
    }
  }

  @Operation(summary = "This customer is the same as another: a link, nothing is moved")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping("/customers/{id}/merge")
  @ResponseStatus(HttpStatus.CREATED)
  Merge merge(@PathVariable String id, @RequestBody MergeOrder order, Principal who) {
    String reason = Input.optional("reason", order.reason(), 200);
    return Merge.of(
        merges.merge(
            who, CustomerId.parse(id), CustomerId.parse(order.into()), reason == null ? "" : reason));
  }

  @Operation(summary = "Merges of a customer and whoever is or was one with them, the newest first")
  @Needs(Permission.SEE_CUSTOMERS)
  @GetMapping("/customers/{id}/merges")
  Merges of(@PathVariable String id, Principal who) {
    return new Merges(merges.of(who, CustomerId.parse(id)).stream().map(Merge::of).toList());
  }

  @Operation(summary = "A merge, and what its undo would leave to choose")
  @Needs(Permission.EDIT_CUSTOMERS)
  @GetMapping("/merges/{id}")
  Preview preview(@PathVariable String id, Principal who) {
    MergeCustomers.Preview preview = merges.preview(who, Code.id(id));
    return new Preview(
        Merge.of(preview.link()),
        preview.toChoose().stream().map(FactView::of).toList(),
        preview.toReview().stream().map(Merge::of).toList());
  }

  @Operation(summary = "Two customers after all; answers 409 while facts have no choice")
  @Needs(Permission.EDIT_CUSTOMERS)
  @PostMapping("/merges/{id}/undo")
  Undone undo(@PathVariable String id, @RequestBody UndoOrder order, Principal who) {
    return Undone.of(merges.undo(who, Code.id(id), order.byFact()));
  }
}
