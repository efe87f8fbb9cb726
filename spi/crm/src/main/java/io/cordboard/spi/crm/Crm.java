package io.cordboard.spi.crm;

import io.cordboard.kernel.Fault;
import java.util.Map;
import java.util.Set;

/** A connection to one system. Connects when it is first asked; thread-safe. */
public interface Crm extends AutoCloseable {
  /** The configured name: small letters, digits and hyphens. */
  String name();

  /** What it can do with which records; fixed for the life of the object. */
  Map<RecordKind, Set<Ability>> abilities();

  /** How it wants to be asked. */
  Pace pace();

  /**
   * Whether it can be reached and lets us in; reads nothing that belongs to a customer.
   *
   * @throws Fault naming the cause and the mend
   */
  void check();

  /** Frees what it holds. Idempotent. */
  @Override
  void close();

  /** Whether this is declared. */
  default boolean can(RecordKind kind, Ability ability) {
    return abilities().getOrDefault(kind, Set.of()).contains(ability);
  }

  /**
   * This system seen as one of its abilities.
   *
   * @throws Fault.Refused naming the system, the records and the ability when it is not declared
   */
  default <T> T as(Class<T> type, RecordKind kind) {
    Ability asked = Ability.of(type);
    if (!can(kind, asked)) {
      throw new Fault.Refused(
          "'%s' cannot do '%s' with records of kind '%s'; its adapter does not declare it."
              .formatted(name(), asked.word(), kind.word()));
    }
    return type.cast(this);
  }

  /**
   * How a system wants to be asked.
   *
   * @param parallel requests at once, at most
   * @param perSecond requests a second; 0 where it sets no limit
   * @param burst how many may come at once after a pause
   */
  record Pace(int parallel, double perSecond, int burst) {
    public Pace {
      if (parallel < 1 || perSecond < 0 || burst < 1) {
        throw new Fault.BadRequest(
            "A pace needs at least one request at once and no negative rate.");
      }
    }

    /** Without a limit but of requests at once. */
    public static Pace unlimited(int parallel) {
      return new Pace(parallel, 0, 1);
    }
  }
}
