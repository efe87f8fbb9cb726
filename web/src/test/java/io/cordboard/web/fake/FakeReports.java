package io.cordboard.web.fake;

import io.cordboard.core.sync.Reconcile.Report;
import io.cordboard.core.sync.ReportStore;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;

/** Comparisons, in memory. */
final class FakeReports implements ReportStore {
  private final List<Kept> kept = new ArrayList<>();

  @Override
  public long begin(String crm, long at, String by) {
    long id = kept.size() + 1L;
    kept.add(new Kept(id, crm, at, 0, by, State.RUNNING, null, 0, 0, 0, 0, 0, 0));
    return id;
  }

  @Override
  public void end(long id, List<Report> reports, long at) {
    Kept one = read(id);
    kept.set((int) id - 1, new Kept(id, one.crm(), one.beganAt(), at, one.by(), State.DONE, null, 0, 0, 0, 0, 0, 0));
  }

  @Override
  public void fail(long id, String why, long at) {
    Kept one = read(id);
    kept.set((int) id - 1, new Kept(id, one.crm(), one.beganAt(), at, one.by(), State.FAILED, why, 0, 0, 0, 0, 0, 0));
  }

  @Override
  public void abandon(String why, long at) {}

  @Override
  public List<Kept> list(String crm, long before, int most) {
    return kept.reversed().stream().filter(one -> one.crm().equals(crm) && one.id() < before).limit(most).toList();
  }

  @Override
  public Kept read(long id) {
    if (id < 1 || id > kept.size()) {
      throw new Fault.NotFound("There is no comparison " + id + ".");
    }
    return kept.get((int) id - 1);
  }

  @Override
  public List<Found> drifts(long id, int after, int most) {
    return List.of();
  }
}
