package io.cordboard.core.sync;

import io.cordboard.core.sync.Conversion.NumberForm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the fields of one kind of records go with those of one system. Immutable. */
public final class Mapping {
  private final List<FieldRule> rules;
  private final Map<String, FieldRule> byOurs = new HashMap<>();
  private final NumberForm numbers;

  /**
   * Of these rules.
   *
   * @param numbers reads a telephone number as the company's own place has it; one of the company's own is none
   */
  public Mapping(List<FieldRule> rules, NumberForm numbers) {
    this.rules = List.copyOf(rules);
    this.numbers = numbers;
    rules.forEach(rule -> byOurs.put(rule.ours(), rule));
  }

  /** All rules, in their order. */
  public List<FieldRule> rules() {
    return rules;
  }

  /** Whether there are fields that only we write. */
  boolean writesOnly() {
    return rules.stream().anyMatch(rule -> rule.way() == FieldRule.Way.OUT && rule.wins() != FieldRule.Wins.OURS);
  }

  /** Whether there are fields that we write. */
  boolean writes() {
    return rules.stream().anyMatch(rule -> rule.way() != FieldRule.Way.IN);
  }

  /** Their id of the customer whose record this is. */
  static Optional<String> customer(SortedMap<String, Value> theirs) {
    return theirs.get("customer") instanceof Value.Text(String id) ? Optional.of(id) : Optional.empty();
  }

  /** Their record by our names, each value in its one form; what they do not carry is absent. */
  public SortedMap<String, Value> here(CrmRecord record) {
    SortedMap<String, Value> here = new TreeMap<>();
    for (FieldRule rule : rules) {
      Value value = record.fields().get(rule.theirs());
      if (value != null) {
        here.put(rule.ours(), rule.conversion().here(value, numbers));
      }
    }
    return here;
  }

  /** Ours, as far as it is mapped, in the form in which it would come back. */
  SortedMap<String, Value> here(Ours ours) {
    SortedMap<String, Value> here = new TreeMap<>();
    for (FieldRule rule : rules) {
      Value value = ours.fields().get(rule.ours());
      if (value != null) {
        Conversion by = rule.conversion();
        here.put(rule.ours(), by.here(by.first() ? value : by.there(value), numbers));
      }
    }
    return here;
  }

  /** Fields of ours by their names. */
  public SortedMap<String, Value> there(SortedMap<String, Value> ours) {
    SortedMap<String, Value> there = new TreeMap<>();
    ours.forEach(
        (name, value) -> {
          FieldRule rule = byOurs.get(name);
          if (rule != null) {
            there.put(rule.theirs(), rule.conversion().there(value));
          }
        });
    return there;
  }
}
