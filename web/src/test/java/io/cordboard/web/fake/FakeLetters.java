package io.cordboard.web.fake;

import io.cordboard.core.work.DeadLetters;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Dead letters in memory. */
public final class FakeLetters implements DeadLetters {
  private final Map<Long, DeadLetter> letters = new TreeMap<>();

  /** Puts one there. */
  public synchronized void add(long id) {
    letters.put(
        id,
        new DeadLetter(
            id, "write-back", "customer:1", 9, "refused", 2, 1, 2, "{\"note\":\"•••\"}", true,
            List.of(new Failure(8, 1, true, "no answer"), new Failure(9, 2, false, "refused"))));
  }

  @Override
  public synchronized List<DeadLetter> list(long after, int most) {
    return list(Set.of(), after, most);
  }

  @Override
  public synchronized List<DeadLetter> list(Set<String> kinds, long after, int most) {
    return letters.values().stream()
        .filter(l -> l.id() > after && (kinds.isEmpty() || kinds.contains(l.kind())))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Map<String, Waiting> counts() {
    return letters.values().stream()
        .collect(
            Collectors.groupingBy(
                DeadLetter::kind,
                Collectors.collectingAndThen(
                    Collectors.toList(), all -> new Waiting(all.size(), all.getFirst().diedAt()))));
  }

  @Override
  public synchronized long count() {
    return letters.size();
  }

  @Override
  public synchronized void retry(long id) {
    if (letters.remove(id) == null) {
      throw new Fault.NotFound("There is no dead letter " + id + ".");
    }
  }

  @Override
  public void dismiss(long id) {
    retry(id);
  }
}
