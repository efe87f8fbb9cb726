package io.cordboard.core.customer;

import io.cordboard.core.identity.IdentityLedger;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.IdentityStore;
import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.MergeLink;
import io.cordboard.core.identity.MergeStore;
import io.cordboard.core.identity.Owner;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.journey.LiveCustomers;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.core.profile.CustomerSearch;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.core.profile.SearchQuery;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.trust.Incidents;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Customers in memory, as the stores keep them: the same ledgers decide, but nothing is indexed, locked
 * or moved. One thread at a time.
 */
public final class MemoryCustomers
    implements CardStore, CustomerSearch, Timeline, CustomerEditor, IdentityStore, MergeStore,
        Incidents, LiveCustomers {
  private final Map<CustomerId, Card> cards = new LinkedHashMap<>();
  private final List<IdentityLink> links = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<WrittenFact> facts = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final Set<String> verified = new HashSet<>();
  private final List<Set<CustomerId>> told = new ArrayList<>();
  private MergeLedger merges = new MergeLedger(List.of());

  // ---- what tests put there and look at ------------------------------------------------------

  public CustomerId add(int number, String name) {
    CustomerId id = new CustomerId(new UUID(7, number));
    create(
        id, new Fields(Card.Kind.PERSON, name, "zh-CN", Card.ValueLevel.GOLD), new Author(0, "test"));
    return id;
  }

  public void protect(CustomerId id, String name, String value) {
    Card c = cards.get(id);
    List<Card.SensitiveField> fields = new ArrayList<>(c.sensitive());
    fields.removeIf(field -> field.name().equals(name));
    fields.add(new Card.SensitiveField(name, value));
    cards.put(id, copy(c, c.version(), c.name(), fields));
  }

  public void verify(AgentId agent, CustomerId customer) {
    verified.add(agent + " " + customer);
  }

  public void happened(Entry entry) {
    entries.add(entry);
  }

  public void written(WrittenFact fact) {
    facts.add(fact);
  }

  /** Whose cards the desks were told to read again. */
  public List<Set<CustomerId>> told() {
    return told;
  }

  private Card known(CustomerId id) {
    Card card = cards.get(merges.resolve(id));
    if (card == null) {
      throw new Fault.NotFound("This customer does not exist.");
    }
    return card;
  }

  private static Card copy(
      Card c, long version, String name, List<Card.SensitiveField> sensitive) {
    return new Card(
        c.id(), version, c.kind(), name, c.language(), c.level(), c.since(), c.demo(), c.tags(),
        c.identities(), sensitive, c.orders(), c.service(), c.calls());
  }

  // ---- cards, search, timeline ---------------------------------------------------------------

  @Override
  public List<NumberMatch> byNumbers(Collection<String> e164) {
    return List.of();
  }

  @Override
  public Optional<Card> byId(CustomerId id) {
    return Optional.ofNullable(cards.get(merges.resolve(id))).map(this::withIdentities);
  }

  private Card withIdentities(Card c) {
    List<Card.Identity> identities =
        links.stream()
            .map(IdentityLink::value)
            .distinct()
            .flatMap(value -> ledger().owners(value).stream().filter(o -> owns(o, c)).map(o -> new Card.Identity(o.kind().code(), value, false)))
            .toList();
    return new Card(
        c.id(), c.version(), c.kind(), c.name(), c.language(), c.level(), c.since(), c.demo(),
        c.tags(), identities, c.sensitive(), c.orders(), c.service(), c.calls());
  }

  private static boolean owns(Owner owner, Card card) {
    return owner.owns() && owner.customer().equals(card.id());
  }

  @Override
  public Found find(SearchQuery query, CustomerSearch.Position after, int most) {
    List<Hit> hits = new ArrayList<>();
    for (Card card : cards.values()) {
      Card c = withIdentities(card);
      String value =
          c.identities().stream()
              .map(Card.Identity::value)
              .filter(v -> v.equals(query.canonical()) || query.digits().stream().anyMatch(v::contains))
              .findFirst()
              .orElse(null);
      boolean named = query.digits().isEmpty() && query.words().stream().allMatch(c.name()::contains);
      if (value != null || named) {
        hits.add(
            new Hit(
                c.id(), c.kind(), c.name(), c.level(), c.language(), c.demo(),
                value == null ? By.NAME : By.NUMBER, value));
      }
    }
    int from = after == null ? 0 : after.rank();
    int to = Math.min(hits.size(), from + most);
    CustomerSearch.Position next =
        to < hits.size()
            ? new CustomerSearch.Position(to, hits.get(to - 1).name(), hits.get(to - 1).id())
            : null;
    return new Found(hits.subList(from, to), next, false);
  }

  @Override
  public Found all(CustomerSearch.Position after, int most) {
    List<Hit> hits =
        cards.values().stream()
            .filter(c -> after == null || c.id().compareTo(after.id()) > 0)
            .filter(c -> merges.resolve(c.id()).equals(c.id()))
            .sorted((a, b) -> a.id().compareTo(b.id()))
            .map(
                c ->
                    new Hit(
                        c.id(), c.kind(), c.name(), c.level(), c.language(), c.demo(), By.NAME,
                        null))
            .toList();
    boolean more = hits.size() > most;
    List<Hit> page = more ? hits.subList(0, most) : hits;
    return new Found(
        page, more ? new CustomerSearch.Position(0, "", page.getLast().id()) : null, false);
  }

  @Override
  public Optional<Page> page(
      CustomerId customer, Set<Kind> kinds, Timeline.Position after, int most) {
    if (!cards.containsKey(merges.resolve(customer))) {
      return Optional.empty();
    }
    List<Entry> theirs =
        entries.stream()
            .filter(e -> merges.resolve(e.file()).equals(merges.resolve(customer)))
            .filter(e -> kinds.isEmpty() || kinds.contains(e.kind()))
            .toList();
    int from = after == null ? 0 : (int) after.at();
    int to = Math.min(theirs.size(), from + most);
    return Optional.of(
        new Page(
            theirs.subList(from, to),
            to < theirs.size() ? new Timeline.Position(to, "x") : null));
  }

  // ---- edits ---------------------------------------------------------------------------------

  @Override
  public void create(CustomerId id, Fields f, Author author) {
    cards.put(
        id,
        new Card(
            id, 1, f.kind(), f.name(), f.language(), f.level(), LocalDate.of(2026, 1, 5), false,
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @Override
  public boolean change(CustomerId customer, long version, Changes asked, Author author) {
    Card card = known(customer);
    if (card.version() != version) {
      throw new Fault.Refused("Somebody else changed this customer meanwhile.");
    }
    String name = asked.name() == null ? card.name() : asked.name();
    keep(card, author, "name", card.name(), name, false);
    asked
        .sensitive()
        .forEach((field, value) -> {
          keep(card, author, "protected:" + field, null, value, true);
          protect(card.id(), field, value);
        });
    cards.put(card.id(), copy(cards.get(card.id()), version + 1, name, cards.get(card.id()).sensitive()));
    return true;
  }

  private void keep(
      Card card, Author author, String field, String before, String after, boolean hidden) {
    if (!after.equals(before)) {
      changes.addFirst(
          new Change(
              new UUID(9, changes.size()).toString(), card.id(), Clock.instant(author.at()),
              author.at(), author.by(), field, before, after, hidden));
    }
  }

  @Override
  public void consent(CustomerId customer, Consent consent, Author author) {
    decisions.add(
        new Decision(known(customer).id(), consent.kind(), consent.granted(), author.at()));
  }

  @Override
  public List<Change> history(CustomerId customer, CustomerEditor.Position after, int most) {
    return changes.stream()
        .filter(change -> merges.membersOf(customer).contains(change.file()))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Standing> standing(CustomerId customer) {
    Set<CustomerId> members = merges.membersOf(customer);
    return byId(customer)
        .map(
            card ->
                new Standing(
                    card.id(),
                    decisions.stream().filter(d -> members.contains(d.file())).toList(), 0));
  }

  // ---- identities and merges -----------------------------------------------------------------

  private IdentityLedger ledger() {
    return new IdentityLedger(links, merges);
  }

  @Override
  public Optional<IdentityLink> say(
      CustomerId customer, String value, Function<IdentityLedger, Optional<IdentityLink>> saying) {
    known(customer);
    IdentityLedger own =
        new IdentityLedger(
            links.stream()
                .filter(link -> merges.membersOf(customer).contains(link.customer()))
                .toList(),
            merges);
    Optional<IdentityLink> link = saying.apply(own);
    link.ifPresent(links::add);
    return link;
  }

  @Override
  public List<IdentityLink> history(CustomerId customer, int most) {
    return links;
  }

  @Override
  public MergeLink merge(
      CustomerId one, CustomerId other, Function<MergeLedger, MergeLink> merging) {
    known(one);
    known(other);
    MergeLink link = merging.apply(merges);
    merges = merges.with(link);
    return link;
  }

  @Override
  public Optional<Since> since(UUID link) {
    return merges.links().stream()
        .filter(one -> one.id().equals(link))
        .findFirst()
        .map(one -> new Since(one, merges, facts));
  }

  @Override
  public Ended undo(
      UUID link,
      BiFunction<MergeLedger, Collection<MergeLedger.Fact>, MergeLedger.Unmerge> ending,
      Map<UUID, CustomerId> choices,
      Stamp stamp) {
    List<MergeLedger.Fact> all =
        facts.stream().map(f -> new MergeLedger.Fact(f.id(), f.file(), f.at())).toList();
    MergeLedger.Unmerge unmerge = ending.apply(merges, all);
    if (!choices.keySet().containsAll(unmerge.toChoose())) {
      throw new Fault.Refused("Facts were written while the two were one: say whose they are.");
    }
    merges = merges.with(unmerge.closed());
    return new Ended(unmerge, choices.size());
  }

  @Override
  public List<MergeLink> linksOf(CustomerId customer) {
    return merges.links().reversed();
  }

  // ---- incidents and desks -------------------------------------------------------------------

  @Override
  public void report(Incident incident) {
    incidents.addFirst(incident);
  }

  @Override
  public List<Incident> list(Which which, Incidents.Position after, int most) {
    return incidents.stream()
        .filter(one -> which == Which.ALL || (one.closedAt() == null) == (which == Which.OPEN))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Incident> byId(UUID id) {
    return incidents.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  @Override
  public long open() {
    return incidents.stream().filter(one -> one.closedAt() == null).count();
  }

  @Override
  public void close(UUID id, String by, String measure, long at) {
    if (incidents.stream().noneMatch(one -> one.id().equals(id))) {
      throw new Fault.NotFound("There is no such incident.");
    }
    Map<UUID, Incident> all = new HashMap<>();
    incidents.forEach(one -> all.put(one.id(), one));
    Incident i = all.get(id);
    if (i.closedAt() != null) {
      throw new Fault.Refused("This incident was dealt with before: nothing to do.");
    }
    incidents.remove(i);
    incidents.add(
        new Incident(
            i.id(), i.at(), i.kind(), i.wrong(), i.right(), i.fact(), i.factId(), i.writtenAt(),
            i.reportedBy(), Clock.instant(at), by, measure));
  }

  @Override
  public CompletionStage<Void> changed(Set<CustomerId> customers) {
    told.add(customers);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Boolean> verified(AgentId agent, CustomerId customer) {
    return CompletableFuture.completedFuture(verified.contains(agent + " " + customer));
  }
}
