package io.cordboard.core.sync;

import io.cordboard.core.sync.SyncStore.Change;
import io.cordboard.core.sync.SyncStore.Stands;
import io.cordboard.core.sync.SyncStore.Taken;
import io.cordboard.core.sync.ThreeWay.Sides;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of one system over: what changed there since both sides agreed is written into ours, with the new
 * agreement, in one transaction. A record that is told twice, late, or because we wrote it changes nothing.
 */
public final class ReceiveRecords {
  private static final String CUSTOMER = "customer";
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final int TRIES = 10;

  private final Joined joined;
  private final SyncStore store;
  private final Ids ids;

  /** Of one system. */
  public ReceiveRecords(Joined joined, SyncStore store, Ids ids) {
    this.joined = joined;
    this.store = store;
    this.ids = ids;
  }

  /** What became of a record. */
  public enum Outcome {
    /** Ours was changed, or made. */
    CHANGED,
    /** Both sides have the same already, or it is none that flows. */
    SAME,
    /** It is of a customer whom we do not have. */
    NOBODY
  }

  /**
   * Takes one over.
   *
   * @throws Fault.Refused when it cannot be: the message names the field
   */
  public Outcome take(CrmRecord record) {
    if (!joined.flows(record.kind())) {
      return Outcome.SAME;
    }
    Optional<Link> link = store.linkOf(joined.name(), record.kind(), record.id());
    if (link.isPresent() && record.state() == CrmRecord.State.LIVE) {
      // it may be what stood there before our last write: only what is read after the link tells what is new
      return isKnown(link.get(), record) ? Outcome.SAME : fresh(record.kind(), record.id(), record, false);
    }
    try {
      return taken(record, link, false);
    } catch (Moved linked) {
      return fresh(record.kind(), record.id(), record, false);
    }
  }

  /** Reads one there and takes it over, whatever our last agreement says of its version. */
  Outcome takeAnyway(RecordKind kind, String id) {
    return fresh(kind, id, null, true);
  }

  /** Reads one there and takes it over. */
  public Outcome takeFresh(RecordKind kind, String id) {
    return joined.flows(kind) ? fresh(kind, id, null, false) : Outcome.SAME;
  }

  /** Whether what was read is compared with the agreement that stood before it was read. */
  private Outcome fresh(RecordKind kind, String id, @Nullable CrmRecord told, boolean anyway) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Link> link = store.linkOf(joined.name(), kind, id);
      CrmRecord now = joined.crm().can(kind, Ability.READ) || told == null ? read(kind, id) : told;
      try {
        return taken(now, link, anyway);
      } catch (Moved again) {
        // our own write came in between
      }
    }
    throw new Fault.Busy("It changes all the time: it is taken over later.", Duration.ofSeconds(1));
  }

  private CrmRecord read(RecordKind kind, String id) {
    ReadRecords reads = joined.crm().as(ReadRecords.class, kind);
    return joined.gate().pass(CrmGate.For.WORK, TURN, () -> reads.read(kind, List.of(id))).stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseGet(() -> CrmRecord.deleted(kind, id, "", 0));
  }

  /** The agreement changed between being looked at and being locked. */
  private static final class Moved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Moved() {
      super(null, null, false, false);
    }
  }

  private Outcome taken(CrmRecord record, Optional<Link> link, boolean anyway) {
    return switch (record.state()) {
      case LIVE -> live(record, link, anyway);
      case DELETED -> gone(record.kind(), record.id());
      case MERGED -> merged(record);
    };
  }

  private Outcome live(CrmRecord record, Optional<Link> link, boolean anyway) {
    if (!anyway && link.isPresent() && isKnown(link.get(), record)) {
      return Outcome.SAME;
    }
    SortedMap<String, Value> theirs = joined.mapping(record.kind()).here(record);
    if (record.kind() == RecordKind.CUSTOMER) {
      return written(record, theirs, null, anyway, link);
    }
    if (link.isEmpty() && !mayBeMade(record.kind())) {
      return Outcome.SAME;
    }
    Optional<String> whose = Mapping.customer(theirs);
    Optional<Link> owner = whose.flatMap(id -> store.linkOf(joined.name(), RecordKind.CUSTOMER, id));
    if (whose.isPresent() && owner.isEmpty() && mayBeMade(record.kind())) {
      return waits(record, whose.get(), anyway);
    }
    String customer = owner.filter(Link::isLive).map(Link::ours).orElse(null);
    if (link.isEmpty() && customer == null) {
      // of nobody, or of a customer who is no more
      return whose.isPresent() ? Outcome.NOBODY : Outcome.SAME;
    }
    return written(record, theirs, customer, anyway, link);
  }

  private Outcome waits(CrmRecord record, String whose, boolean anyway) {
    boolean waits =
        !joined.crm().can(record.kind(), Ability.READ)
            || store.await(joined.name(), record.kind(), record.id(), whose, record.changedAt());
    return waits
        ? Outcome.NOBODY
        : taken(record, store.linkOf(joined.name(), record.kind(), record.id()), anyway);
  }

  private Outcome written(
      CrmRecord record, SortedMap<String, Value> theirs, @Nullable String customer, boolean anyway,
      Optional<Link> link) {
    String ours = link.map(Link::ours).orElseGet(() -> whichOfOurs(record, theirs, customer));
    if (ours == null && record.kind() == RecordKind.CUSTOMER && !joined.makeCustomers()) {
      return Outcome.NOBODY;
    }
    long rev = link.map(Link::rev).orElse(0L);
    Taken taken =
        store.take(
            joined.name(), record.kind(), record.id(), ours,
            stands -> decide(record, theirs, customer, anyway, unmoved(stands, rev)));
    return taken.change() == null ? Outcome.SAME : Outcome.CHANGED;
  }

  private static Stands unmoved(Stands stands, long rev) {
    if ((stands.link() == null ? 0 : stands.link().rev()) != rev) {
      throw new Moved();
    }
    return stands;
  }

  // notes of calls and call-backs are ours to make: what stands there besides is none of our contacts
  static boolean mayBeMade(RecordKind kind) {
    return kind != RecordKind.INTERACTION && kind != RecordKind.TASK;
  }

  private static boolean isKnown(Link link, CrmRecord record) {
    return link.isLive() && !record.version().isEmpty() && link.version().equals(record.version());
  }

  /** One that carries our id, or the only one who has their address or number and name; null for none. */
  private @Nullable String whichOfOurs(
      CrmRecord record, SortedMap<String, Value> theirs, @Nullable String customer) {
    String ref = record.ref();
    if (ref != null && isOurId(ref)) {
      String id = ref.contains("~") ? ref.substring(0, ref.indexOf('~')) : ref;
      if (store.ours(record.kind(), List.of(id)).containsKey(id)) {
        return id;
      }
    }
    if (record.kind() != RecordKind.CUSTOMER) {
      boolean numbered = record.kind() == RecordKind.ORDER || record.kind() == RecordKind.TICKET;
      return numbered && customer != null && theirs.get("number") instanceof Value.Text(String number)
          ? store.numbered(joined.name(), record.kind(), customer, number).orElse(null)
          : null;
    }
    List<String> values = new ArrayList<>(texts(theirs.get("emails")));
    values.addAll(texts(theirs.get("phones")));
    List<Ours> candidates = values.isEmpty() ? List.of() : store.withAnyOf(values);
    List<Ours> same = candidates.stream().filter(one -> isSame(one, theirs)).toList();
    return same.size() == 1 ? same.getFirst().id() : null;
  }

  private static boolean isOurId(String ref) {
    try {
      return UUID.fromString(ref.contains("~") ? ref.substring(0, ref.indexOf('~')) : ref) != null;
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  // a number may be a family's or a company's: the name has to be the same too
  private static boolean isSame(Ours ours, SortedMap<String, Value> theirs) {
    return name(ours.fields()).equals(name(theirs)) && !name(theirs).isEmpty();
  }

  private static String name(SortedMap<String, Value> fields) {
    return fields.get("name") instanceof Value.Text text
        ? text.text().strip().toLowerCase(java.util.Locale.ROOT).replaceAll("\\s+", " ")
        : "";
  }

  private static List<String> texts(@Nullable Value value) {
    return switch (value) {
      case Value.Many many -> many.texts();
      case Value.Text text -> List.of(text.text());
      case null, default -> List.of();
    };
  }

  private Taken decide(
      CrmRecord record, SortedMap<String, Value> theirs, @Nullable String customer, boolean anyway, Stands stands) {
    Link link = stands.link();
    Ours ours = stands.ours();
    if (link != null && (!link.isLive() || (!anyway && isKnown(link, record)))) {
      return Taken.NOTHING;
    }
    if (link != null && (ours == null || ours.gone())) {
      return Taken.NOTHING;
    }
    Mapping mapping = joined.mapping(record.kind());
    boolean make = ours == null;
    String id = ours == null ? ids.next().toString() : ours.id();
    SortedMap<String, Value> here = ours == null ? new TreeMap<>() : mapping.here(ours);
    Value whose = theirs.get(CUSTOMER);
    if (whose != null && mayBeMade(record.kind())) {
      here.put(CUSTOMER, link == null ? whose : link.agreed().getOrDefault(CUSTOMER, whose));
    }
    if (make) {
      mapping.rules().forEach(rule -> here.putIfAbsent(rule.ours(), Value.EMPTY));
    }
    // what carries our id and was never agreed on, we made: ours may have been changed since
    boolean made = link == null && ours != null && record.ref() != null && record.ref().startsWith(ours.id());
    boolean newer = made || (ours != null && record.changedAt() > 0 && ours.changedAt() >= record.changedAt());
    ThreeWay plan =
        ThreeWay.of(mapping.rules(), link == null ? null : link.agreed(), new Sides(here, theirs, newer));
    SortedMap<String, Value> fields = new TreeMap<>(plan.here());
    boolean moved = fields.remove(CUSTOMER) != null && customer != null && mayBeMade(record.kind());
    Change change = fields.isEmpty() && !make && !moved
        ? null
        : new Change(id, make, make || moved ? customer : null, fields, "crm:" + joined.name());
    // what still has to be written there is not agreed on yet
    SortedMap<String, Value> agreed = new TreeMap<>(plan.agreed());
    plan.there().keySet().forEach(name -> putBack(agreed, name, theirs.get(name)));
    Link after =
        link == null
            ? Link.of(
                record.kind(), id, record.ref() == null ? "" : record.ref(), record.id(), record.version(), agreed,
                customer == null ? "" : customer)
            : link.agreed(record.version(), agreed).of(moved && customer != null ? customer : link.customer());
    return new Taken(after, plan.clashes(), change, !plan.there().isEmpty());
  }

  private static void putBack(SortedMap<String, Value> agreed, String name, @Nullable Value value) {
    if (value == null) {
      agreed.remove(name);
    } else {
      agreed.put(name, value);
    }
  }

  private Outcome gone(RecordKind kind, String id) {
    Optional<Link> link = store.linkOf(joined.name(), kind, id);
    if (link.isEmpty() || !link.get().isLive()) {
      if (mayBeMade(kind) && kind != RecordKind.CUSTOMER) {
        store.forget(joined.name(), kind, id);
      }
      return Outcome.SAME;
    }
    store.take(
        joined.name(), kind, id, link.get().ours(),
        stands ->
            stands.link() == null || !stands.link().isLive()
                ? Taken.NOTHING
                : new Taken(stands.link().in(Link.State.GONE_THERE), List.of(), null, false));
    return Outcome.CHANGED;
  }

  /** Theirs is a part of another one of theirs: ours goes with that one, unless another of ours does already. */
  private Outcome merged(CrmRecord record) {
    String into = record.mergedInto();
    Optional<Link> loser = store.linkOf(joined.name(), record.kind(), record.id());
    if (into == null || loser.isEmpty() || !loser.get().isLive()) {
      return gone(record.kind(), record.id());
    }
    boolean taken = store.linkOf(joined.name(), record.kind(), into).isPresent();
    store.take(
        joined.name(), record.kind(), record.id(), loser.get().ours(),
        stands -> {
          Link link = stands.link();
          if (link == null || !link.isLive()) {
            return Taken.NOTHING;
          }
          Link after =
              taken
                  ? link.in(Link.State.GONE_THERE)
                  : new Link(
                      link.kind(), link.ours(), link.ref(), into, "", new TreeMap<>(), link.customer(),
                      Link.State.LIVE, link.rev());
          return new Taken(after, List.of(), null, !taken);
        });
    return Outcome.CHANGED;
  }
}
