package io.cordboard.core.sync;

import io.cordboard.core.sync.ThreeWay.Clash;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Our side of the records, and what both sides agreed on. Thread-safe; throws {@link Fault.Unreachable} while the
 * database is away.
 */
public interface SyncStore {
  /** Records as they stand with us, by their ids; those that we do not have are left out. */
  Map<String, Ours> ours(RecordKind kind, Collection<String> ids);

  /** Links by our ids. */
  Map<String, Link> links(String crm, RecordKind kind, Collection<String> ours);

  /** A link by their id. */
  Optional<Link> linkOf(String crm, RecordKind kind, String theirs);

  /** Links by their ids. */
  Map<String, Link> linksOf(String crm, RecordKind kind, Collection<String> theirs);

  /** Our ids of records that a system should have and that were never sent to it. */
  List<String> withoutLink(String crm, RecordKind kind);

  /**
   * Keeps links as they are now, all or none.
   *
   * @return our ids of those that were changed by somebody else meanwhile, or whose record there belongs to another
   *     one of ours: they stand as they were
   */
  Set<String> keep(String crm, List<Kept> links, long at);

  /**
   * Makes work of what was marked to be sent or taken over.
   *
   * @return whether there may be more
   */
  boolean handIn();

  /** Marks records to be sent once more. */
  void mark(String crm, RecordKind kind, Collection<String> ours);

  /**
   * Takes a record of theirs over: decided and written in one transaction that has locked the link, and the record of
   * ours where there is one.
   *
   * @param theirs their id
   * @param ours where the link is missing: which one of ours it is; null for none of those that are known
   * @param deciding from what stands to what shall stand; called once or, where somebody else was quicker, again
   * @return what was decided
   */
  Taken take(String crm, RecordKind kind, String theirs, @Nullable String ours, Function<Stands, Taken> deciding);

  /**
   * Customers of ours that may be the one whose number or address this is.
   *
   * @param values in their stored form
   */
  List<Ours> withAnyOf(Collection<String> values);

  /**
   * The only record of ours, of a customer, that has this number and goes with none of theirs yet.
   *
   * @param kind an order or a ticket: others have no numbers of their own
   */
  Optional<String> numbered(String crm, RecordKind kind, String customer, String number);

  /**
   * A record of theirs waits until its customer is known; it is handed in to be taken over then.
   *
   * @param customer their id of the customer
   * @return false when the customer is known by now: nothing waits
   */
  boolean await(String crm, RecordKind kind, String theirs, String customer, long at);

  /** A record of theirs no longer waits for its customer. */
  void forget(String crm, RecordKind kind, String theirs);

  /** Where reading the changes of a kind stands. */
  Optional<Position> position(String crm, RecordKind kind);

  /**
   * Goes on to the next position.
   *
   * @throws Fault.Refused when somebody else moved it meanwhile
   */
  Position advance(String crm, RecordKind kind, @Nullable Position from, String cursor, long at);

  /** A page of links in the order of our ids. */
  List<Link> page(String crm, RecordKind kind, String afterOurs, int most);

  /** Where reading stands. */
  record Position(String cursor, long rev) {}

  /**
   * A link to be kept.
   *
   * @param link with the rev that it was read with; 0 for a new one
   * @param clashes what was lost over it
   */
  record Kept(Link link, List<Clash> clashes) {
    public Kept {
      clashes = List.copyOf(clashes);
    }
  }

  /** What stands, within the transaction. */
  record Stands(@Nullable Link link, @Nullable Ours ours) {}

  /**
   * What shall stand.
   *
   * @param link to be kept; null to leave it as it is
   * @param change what is changed or made of ours; null for nothing
   * @param send ours is to be sent afterwards
   */
  record Taken(@Nullable Link link, List<Clash> clashes, @Nullable Change change, boolean send) {
    public static final Taken NOTHING = new Taken(null, List.of(), null, false);

    public Taken {
      clashes = List.copyOf(clashes);
    }
  }

  /**
   * A change of ours.
   *
   * @param make whether the record is new
   * @param customer ours whose it is: of a new record, and of one that is somebody else's from now on
   * @param fields what shall stand in these fields; all others stay
   * @param by as the audit names it
   */
  record Change(String ours, boolean make, @Nullable String customer, SortedMap<String, Value> fields, String by) {}
}
