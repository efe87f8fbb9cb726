package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A harness whose system has the fields that we have, in a store that the test can reach. */
public abstract class OurNames implements CrmHarness {
  /** Where its records are. */
  protected abstract CrmStore store();

  @Override
  public SortedMap<String, Value> fresh(RecordKind kind, String words) {
    SortedMap<String, Value> made = new TreeMap<>();
    made.put(words(kind), Value.of(words));
    if (kind != RecordKind.CUSTOMER) {
      made.put("customer", Value.of("1"));
    }
    return made;
  }

  @Override
  public SortedMap<String, Value> customer(String words, List<String> phones, List<String> emails) {
    SortedMap<String, Value> made = fresh(RecordKind.CUSTOMER, words);
    made.put("phones", Value.of(phones));
    made.put("emails", Value.of(emails));
    return made;
  }

  @Override
  public String words(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "name";
      case INTERACTION -> "subject";
      default -> "title";
    };
  }

  @Override
  public String other(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "language";
      case INTERACTION, LEAD -> "notes";
      case TASK -> "owner";
      default -> "number";
    };
  }

  @Override
  public String make(RecordKind kind, SortedMap<String, Value> fields) {
    return store().make(kind, fields);
  }

  @Override
  public void change(RecordKind kind, String id, SortedMap<String, Value> fields) {
    store().change(kind, id, fields);
  }

  @Override
  public void delete(RecordKind kind, String id) {
    store().delete(kind, id);
  }

  @Override
  public void merge(RecordKind kind, String from, String into) {
    store().merge(kind, from, into);
  }

  @Override
  public int count(RecordKind kind, String ref) {
    return (int) store().live(kind).stream().filter(record -> ref.equals(record.ref())).count();
  }

  @Override
  public void forgetChanges(RecordKind kind) {
    store().remember(kind, 0);
  }
}
