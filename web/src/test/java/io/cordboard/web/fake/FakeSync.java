package io.cordboard.web.fake;

import io.cordboard.core.sync.Link;
import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Our side of the records: one customer, who is handed in again and again. */
public final class FakeSync implements SyncStore {
  private final List<String> marked = new CopyOnWriteArrayList<>();

  /** Ids that were handed in to be sent. */
  public List<String> marked() {
    return marked;
  }

  @Override
  public Map<String, Ours> ours(RecordKind kind, Collection<String> ids) {
    Map<String, Ours> ours = new HashMap<>();
    ids.forEach(
        id ->
            ours.put(
                id,
                new Ours(
                    kind, id, 1, false, null,
                    new TreeMap<>(Map.of("name", Value.of("王小明"), "level", Value.of("GOLD"))))));
    return ours;
  }

  @Override
  public Map<String, Link> links(String crm, RecordKind kind, Collection<String> ours) {
    return Map.of();
  }

  @Override
  public Optional<Link> linkOf(String crm, RecordKind kind, String theirs) {
    return Optional.empty();
  }

  @Override
  public Map<String, Link> linksOf(String crm, RecordKind kind, Collection<String> theirs) {
    return Map.of();
  }

  @Override
  public List<String> withoutLink(String crm, RecordKind kind) {
    return List.of();
  }

  @Override
  public Optional<String> numbered(String crm, RecordKind kind, String customer, String number) {
    return Optional.empty();
  }

  @Override
  public boolean await(String crm, RecordKind kind, String theirs, String customer, long at) {
    return true;
  }

  @Override
  public void forget(String crm, RecordKind kind, String theirs) {}

  @Override
  public Set<String> keep(String crm, List<Kept> links, long at) {
    return Set.of();
  }

  @Override
  public boolean handIn() {
    return false;
  }

  @Override
  public void mark(String crm, RecordKind kind, Collection<String> ours) {
    marked.addAll(ours);
  }

  @Override
  public Taken take(
      String crm, RecordKind kind, String theirs, @Nullable String ours, Function<Stands, Taken> deciding) {
    throw new Fault.Unreachable("The database is away.", null);
  }

  @Override
  public List<Ours> withAnyOf(Collection<String> values) {
    return new ArrayList<>();
  }

  @Override
  public Optional<Position> position(String crm, RecordKind kind) {
    return Optional.empty();
  }

  @Override
  public Position advance(String crm, RecordKind kind, @Nullable Position from, String cursor, long at) {
    return new Position(cursor, 1);
  }

  @Override
  public List<Link> page(String crm, RecordKind kind, String afterOurs, int most) {
    return List.of();
  }
}
