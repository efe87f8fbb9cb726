package io.cordboard.core.journey;

import io.cordboard.core.identity.ContactStanding;
import io.cordboard.core.identity.ContactStanding.Consent;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.profile.CustomerEditor.Change;
import io.cordboard.core.profile.CustomerEditor.Decision;
import io.cordboard.core.profile.CustomerEditor.Standing;
import io.cordboard.core.profile.CustomerSearch;
import io.cordboard.core.profile.CustomerSearch.By;
import io.cordboard.core.profile.CustomerSearch.Found;
import io.cordboard.core.profile.CustomerSearch.Hit;
import io.cordboard.core.profile.SearchQuery;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody looks for a customer, or at one. Each customer who is shown leaves a trace, before they are;
 * protected fields are shown to an agent who has made sure of the customer in a call, and to nobody else.
 */
public final class SeeCustomer {
  private static final String VIEWED = "customer-viewed";

  private final Files files;
  private final LiveCustomers live;
  private final OwnNumbers numbers;
  private final Audit audit;

  /** Where customers are read. */
  public record Files(
      CardStore cards, CustomerSearch search, Timeline timeline, CustomerEditor editor) {}

  public SeeCustomer(Files files, LiveCustomers live, OwnNumbers numbers, Audit audit) {
    this.files = files;
    this.live = live;
    this.numbers = numbers;
    this.audit = audit;
  }

  /** Whom the text finds; numbers and e-mails are shown in part. */
  public Found search(
      Principal who, String text, CustomerSearch.@Nullable Position after, int most) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    SearchQuery query = SearchQuery.of(text, numbers.canonical(text), numbers.home());
    return shown(who, files.search().find(query, after, most), "search");
  }

  /** Everybody there is, page by page. */
  public Found all(Principal who, CustomerSearch.@Nullable Position after, int most) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    return shown(who, files.search().all(after, most), "list");
  }

  private Found shown(Principal who, Found found, String how) {
    for (Hit hit : found.hits()) {
      audit.record(viewed(who, hit.id(), how));
    }
    return new Found(
        found.hits().stream().map(SeeCustomer::masked).toList(), found.next(), found.broad());
  }

  private static Hit masked(Hit hit) {
    String value = hit.value();
    String shown =
        value == null
            ? null
            : hit.by() == By.NUMBER
                ? Masks.number(value)
                : hit.by() == By.EMAIL ? Masks.email(value) : value;
    return new Hit(
        hit.id(), hit.kind(), hit.name(), hit.level(), hit.language(), hit.demo(), hit.by(), shown);
  }

  /**
   * A customer as a whole.
   *
   * @param verified whether the protected fields are shown
   */
  public record File(Card card, boolean verified, ContactStanding standing) {}

  /** The customer, or the survivor; {@link Fault.NotFound} when there is none. */
  public File file(Principal who, CustomerId customer) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    Card card = files.cards().byId(customer).orElseThrow(SeeCustomer::unknown);
    boolean verified = verified(live, who, card.id());
    audit.recordNow(viewed(who, card.id(), verified ? "file-unmasked" : "file"));
    ContactStanding standing =
        files.editor().standing(card.id()).map(SeeCustomer::standing).orElseThrow(SeeCustomer::unknown);
    return new File(verified ? card : card.masked(), verified, standing);
  }

  /** What is to be kept of all who are one customer: one refusal of calls holds for all of them. */
  static ContactStanding standing(Standing standing) {
    List<ContactStanding> members = new ArrayList<>();
    standing.decisions().stream()
        .collect(Collectors.groupingBy(Decision::file))
        .values()
        .forEach(ofOne -> members.add(member(ofOne)));
    members.add(new ContactStanding(false, standing.attempts(), Map.of()));
    return ContactStanding.over(members);
  }

  private static ContactStanding member(List<Decision> decisions) {
    Map<String, Consent> consents =
        ContactStanding.over(decisions.stream().map(SeeCustomer::alone).toList()).consents();
    Consent calls = consents.get("calls");
    return new ContactStanding(calls != null && !calls.granted(), 0, consents);
  }

  private static ContactStanding alone(Decision one) {
    return new ContactStanding(
        false, 0, Map.of(one.kind(), new Consent(one.granted(), one.at())));
  }

  /** What happened with the customer. */
  public Timeline.Page timeline(
      Principal who,
      CustomerId customer,
      Set<Timeline.Kind> kinds,
      Timeline.@Nullable Position after,
      int most) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    audit.record(viewed(who, customer, "timeline"));
    return files
        .timeline()
        .page(customer, kinds, after, most)
        .orElseThrow(SeeCustomer::unknown);
  }

  /** Who changed what of the customer, the newest first. */
  public List<Change> history(
      Principal who, CustomerId customer, CustomerEditor.@Nullable Position after, int most) {
    who.mustHave(Permission.SEE_CUSTOMERS);
    audit.record(viewed(who, customer, "history"));
    boolean verified = verified(live, who, customer);
    return files.editor().history(customer, after, most).stream()
        .map(change -> change.isProtected() && !verified ? change.masked() : change)
        .toList();
  }

  /** Whether whoever asks has made sure of this customer in a call on their desk. */
  static boolean verified(LiveCustomers live, Principal who, CustomerId customer) {
    return who.agent()
        .map(agent -> live.verified(agent, customer).toCompletableFuture().join())
        .orElse(false);
  }

  static AuditEntry viewed(Principal who, CustomerId customer, String part) {
    return new AuditEntry(
        who.auditName(), VIEWED, "customer:" + customer, Outcome.DONE, null, Map.of("part", part));
  }

  static Fault.NotFound unknown() {
    return new Fault.NotFound("This customer does not exist.");
  }
}
