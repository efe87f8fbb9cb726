package io.cordboard.core.profile;

import io.cordboard.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What customers may buy. Thread-safe. */
public interface Leads {
  /**
   * The newest of a customer, with those of everybody who is one with them.
   *
   * @return empty when there is no such customer
   */
  Optional<List<Lead>> of(CustomerId customer, int most);

  /**
   * Keeps a new one.
   *
   * @param at microseconds UTC
   * @param by as the audit names them
   * @return false when there is no such customer
   */
  boolean make(UUID id, CustomerId customer, Words words, long at, String by);

  /** What a person writes of one. */
  record Words(String title, String notes) {}

  /**
   * One of them.
   *
   * @param state in the words of the system that keeps leads; empty while none has said any
   * @param number a telephone number, as that system has it
   * @param by user:ID, key:ID or crm:NAME
   */
  record Lead(
      UUID id, CustomerId customer, String title, String state, String number, String notes, Instant createdAt,
      Instant changedAt, String by) {}
}
