package io.cordboard.core.journey;

import io.cordboard.core.sync.FieldRule;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.RecordKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying how a system is joined, without keeping anything.
 *
 * @param mistakes what is wrong with the file or the settings, each with its place
 * @param trouble why it could not be asked; null when it could, or was not because of mistakes
 */
public record CrmTrial(
    String name, String adapter, List<Mistake> mistakes, @Nullable String trouble, List<Kind> kinds) {
  public CrmTrial {
    mistakes = List.copyOf(mistakes);
    kinds = List.copyOf(kinds);
  }

  /** Whether it can be joined as it is. */
  public boolean ok() {
    return mistakes.isEmpty() && trouble == null && kinds.stream().allMatch(kind -> kind.trouble() == null);
  }

  /**
   * What would flow of one kind of records.
   *
   * @param looks what was tried, each with why it does not work; null where it does
   * @param read some records of theirs, and what would stand with us
   * @param written some records of ours, and what would be written there
   */
  public record Kind(
      RecordKind kind, Set<Ability> abilities, List<FieldRule> rules, List<Look> looks, List<Sample> read,
      List<Sample> written) {
    public Kind {
      abilities = Set.copyOf(abilities);
      rules = List.copyOf(rules);
      looks = List.copyOf(looks);
      read = List.copyOf(read);
      written = List.copyOf(written);
    }

    /** The first thing that does not work; null where everything does. */
    public @Nullable String trouble() {
      return looks.stream().map(Look::trouble).filter(one -> one != null).findFirst().orElse(null);
    }
  }

  /** One harmless look. */
  public record Look(Ability ability, @Nullable String trouble) {}

  /**
   * A record on both sides; values as people read them, long ones cut.
   *
   * @param trouble why it would not flow; null where it would
   */
  public record Sample(
      String id, Map<String, String> theirs, Map<String, String> ours, @Nullable String trouble) {}
}
