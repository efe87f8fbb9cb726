package io.cordboard.store.imports;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportRow;
import io.cordboard.core.profile.ImportRow.Wrong;
import io.cordboard.core.profile.ImportStore;
import io.cordboard.kernel.CustomerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** A real store whose loads let somebody in after the rows were checked, before they are committed, and when all is over. */
record Halting(ImportStore real, Runnable checked, Runnable committing, Runnable closing)
    implements ImportStore {
  @Override
  public void save(ImportJob job) {
    real.save(job);
  }

  @Override
  public Optional<ImportJob> byId(UUID id) {
    return real.byId(id);
  }

  @Override
  public List<ImportJob> latest(int most) {
    return real.latest(most);
  }

  @Override
  public void remove(UUID id) {
    real.remove(id);
  }

  @Override
  public void interrupted() {
    real.interrupted();
  }

  @Override
  public Load begin(ImportKind kind, Author author) {
    return new Held(real.begin(kind, author), checked, committing, closing);
  }

  private record Held(Load real, Runnable checked, Runnable committing, Runnable closing)
      implements Load {
    @Override
    public void add(ImportRow row) {
      real.add(row);
    }

    @Override
    public Checked check(Consumer<Wrong> wrong) {
      Checked result = real.check(wrong);
      checked.run();
      return result;
    }

    @Override
    public Set<CustomerId> commit(ImportJob job) {
      committing.run();
      return real.commit(job);
    }

    @Override
    public void close() {
      closing.run();
      real.close();
    }
  }
}
