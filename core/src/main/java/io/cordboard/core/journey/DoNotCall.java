package io.cordboard.core.journey;

import io.cordboard.core.profile.CustomerEditor.Standing;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A customer who said no to calls is not called; or, where that is set, only by an agent who says why all
 * the same, with a trace before anything rings. Where a number is that of several customers, the no of one
 * of them counts. Reads the database: for the slow executor.
 */
public final class DoNotCall {
  private final Rule rule;
  private final Function<CustomerId, Optional<Standing>> standings;
  private final Audit audit;

  /** What holds for a customer who said no. */
  public enum Rule {
    /** Nobody calls them. */
    REFUSE,
    /** An agent may, who says why. */
    ASK
  }

  /** Why somebody is called all the same. A text of one's own would put the customer's into the audit. */
  public enum Despite {
    /** The customer asked for this call. */
    ASKED,
    /** It is about an order or a service of theirs that goes on. */
    SERVICE,
    /** Somebody is in danger, or the law demands it. */
    DANGER;

    static Despite of(String said) {
      return Arrays.stream(values())
          .filter(one -> one.name().equals(said))
          .findAny()
          .orElseThrow(
              () ->
                  new Fault.BadRequest(
                      "'%s' is no reason: say ASKED, SERVICE or DANGER."
                          .formatted(Fault.excerpt(said))));
    }
  }

  public DoNotCall(
      Rule rule, Function<CustomerId, Optional<Standing>> standings, Audit audit) {
    this.rule = rule;
    this.standings = standings;
    this.audit = audit;
  }

  /**
   * Passes when nobody whom the number points to said no, or when they are called for this reason.
   *
   * @param said one of {@link Despite}; null for none
   */
  void check(AgentId by, List<NumberMatch> found, @Nullable String said) {
    Despite despite = said == null ? null : Despite.of(said);
    List<CustomerId> refusing =
        found.stream().map(match -> match.card().id()).distinct().filter(this::saysNo).toList();
    if (refusing.isEmpty()) {
      return;
    }
    boolean allowed = rule == Rule.ASK && despite != null;
    if (allowed || rule == Rule.REFUSE) {
      refusing.forEach(customer -> audit.recordNow(trace(by, customer, allowed ? despite : null)));
    }
    if (rule == Rule.REFUSE) {
      throw new Fault.Refused(
          "This customer does not want to be called: no call is placed. The customer's file says so; who"
              + " runs the server allows exceptions by '--do-not-call ask'.");
    }
    if (!allowed) {
      throw new Fault.Unconfirmed(
          "This customer does not want to be called. Say why you call all the same, or leave it.");
    }
  }

  private boolean saysNo(CustomerId customer) {
    return standings.apply(customer).map(SeeCustomer::standing).filter(one -> one.doNotCall()).isPresent();
  }

  private static AuditEntry trace(AgentId by, CustomerId customer, @Nullable Despite despite) {
    return new AuditEntry(
        "user:" + by, "called-despite-refusal", "customer:" + customer,
        despite == null ? AuditEntry.Outcome.REFUSED : AuditEntry.Outcome.DONE, null,
        despite == null ? Map.of() : Map.of("reason", despite.name().toLowerCase(Locale.ROOT)));
  }
}
