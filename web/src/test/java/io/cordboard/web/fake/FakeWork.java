package io.cordboard.web.fake;

import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkItem;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Durable work that is kept and never done. */
public final class FakeWork implements WorkStore {
  private final List<NewWork> added = new CopyOnWriteArrayList<>();
  public final AtomicBoolean away = new AtomicBoolean();

  /** Everything that was handed in. */
  public List<NewWork> added() {
    return added;
  }

  @Override
  public int add(List<NewWork> work) {
    if (away.get()) {
      throw new Fault.Unreachable("The database is away.", null);
    }
    added.addAll(work);
    return work.size();
  }

  @Override
  public List<WorkItem> claim(Set<String> kinds, int most, long now, long leaseUntil) {
    return List.of();
  }

  @Override
  public Set<Long> settle(List<Settled> settled, long now) {
    return Set.of();
  }

  @Override
  public Set<Long> renew(List<WorkItem> held, long leaseUntil) {
    return Set.of();
  }

  @Override
  public int purge(long doneBefore) {
    return 0;
  }

  @Override
  public Backlog backlog() {
    return new Backlog(0, 0);
  }

  @Override
  public Map<String, Backlog> backlogs() {
    return Map.of("crm:example", new Backlog(3, 1));
  }
}
