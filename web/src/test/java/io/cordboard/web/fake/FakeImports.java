package io.cordboard.web.fake;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportRow;
import io.cordboard.core.profile.ImportRow.Wrong;
import io.cordboard.core.profile.ImportStore;
import io.cordboard.kernel.CustomerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Imports in memory: every row that can be read is good. */
public final class FakeImports implements ImportStore {
  private final Map<UUID, ImportJob> jobs = new ConcurrentHashMap<>();
  private final List<ImportRow> loaded = new CopyOnWriteArrayList<>();

  /** What was loaded. */
  public List<ImportRow> loaded() {
    return loaded;
  }

  @Override
  public void save(ImportJob job) {
    jobs.put(job.id(), job);
  }

  @Override
  public Optional<ImportJob> byId(UUID id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public List<ImportJob> latest(int most) {
    return jobs.values().stream()
        .sorted(Comparator.comparingLong(ImportJob::at).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public void remove(UUID id) {
    jobs.remove(id);
  }

  @Override
  public void interrupted() {}

  @Override
  public Load begin(ImportKind kind, Author author) {
    List<ImportRow> rows = new ArrayList<>();
    return new Load() {
      @Override
      public void add(ImportRow row) {
        rows.add(row);
      }

      @Override
      public Checked check(Consumer<Wrong> wrong) {
        return new Checked(rows.size(), 0);
      }

      @Override
      public Set<CustomerId> commit(ImportJob job) {
        loaded.addAll(rows);
        return Set.of();
      }

      @Override
      public void close() {}
    };
  }
}
