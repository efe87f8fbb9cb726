package io.cordboard.core.sync.webhook;

import io.cordboard.kernel.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What others may be told of. */
public enum EventType {
  /** A call is over and has its record. */
  CALL_ENDED("call.ended", "record"),
  /** Something of a record changed afterwards: an outcome, a correction, a recording, whose call it was. */
  CALL_RECORD_CHANGED("call.record.changed", "record"),
  /** A customer is new. */
  CUSTOMER_CREATED("customer.created", "customer"),
  /** A field, tag, number or decision of a customer's changed. */
  CUSTOMER_CHANGED("customer.changed", "customer"),
  /** Two customers are one from now on. */
  CUSTOMER_MERGED("customer.merged", "customer"),
  /** They are two again. */
  CUSTOMER_UNMERGED("customer.unmerged", "customer"),
  /** A call-back is owed. */
  TASK_OPENED("task.opened", "task"),
  /** It is not owed any more. */
  TASK_CLOSED("task.closed", "task"),
  /** Nothing happened: an administrator tries an endpoint. */
  TEST("webhook.test", null);

  private final String code;
  private final @Nullable String member;

  EventType(String code, @Nullable String member) {
    this.code = code;
    this.member = member;
  }

  /** As it is written outside, such as {@code call.ended}. */
  public String code() {
    return code;
  }

  /** Under which name a full payload carries the thing itself; empty where there is none. */
  public Optional<String> member() {
    return Optional.ofNullable(member);
  }

  /** Those that an endpoint may ask for. */
  public static List<EventType> offered() {
    return Arrays.stream(values()).filter(type -> type != TEST).toList();
  }

  /** The one of this code; {@link Fault.BadRequest} when there is none that may be asked for. */
  public static EventType of(String code) {
    return offered().stream()
        .filter(type -> type.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault.BadRequest(
                    "'%s' is no event: choose of %s."
                        .formatted(
                            Fault.excerpt(code),
                            String.join(", ", offered().stream().map(EventType::code).toList()))));
  }

  /** The one that a store keeps under this code; {@link Fault.Bug} when it is none of ours. */
  public static EventType stored(String code) {
    return Arrays.stream(values())
        .filter(type -> type.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new Fault.Bug("There is no event '" + Fault.excerpt(code) + "'.", null));
  }
}
