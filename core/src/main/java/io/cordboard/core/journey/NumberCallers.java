package io.cordboard.core.journey;

import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.identity.CallFacts;
import io.cordboard.core.identity.CallerNumber;
import io.cordboard.core.identity.Candidate;
import io.cordboard.core.identity.Candidate.LastCall;
import io.cordboard.core.identity.Candidate.NumberUse;
import io.cordboard.core.identity.Identification.Clear;
import io.cordboard.core.identity.Identification.Ranked;
import io.cordboard.core.identity.Identification.Several;
import io.cordboard.core.identity.Identity;
import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.ReadNumbers;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.kernel.PhoneNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks identity, and puts its answers into the ledger's words. Pure. */
public final class NumberCallers implements Callers {
  private final NumberReader reader = new NumberReader();
  private final Function<String, TrunkRules> rules;

  /** {@code rules} gives the rules of a trunk by its name; of an unknown one the usual ones. */
  public NumberCallers(Function<String, TrunkRules> rules) {
    this.rules = rules;
  }

  @Override
  public Read read(NumberClaims claims) {
    ReadNumbers numbers = reader.read(claims, rules.apply(claims.trunk()));
    String state =
        switch (numbers.caller()) {
          case CallerNumber.Known known -> "KNOWN";
          case CallerNumber.ShortCode code -> "SHORT_CODE";
          case CallerNumber.Internal internal -> "INTERNAL";
          case CallerNumber.Withheld withheld -> "WITHHELD";
          case CallerNumber.Unreadable unreadable -> "UNREADABLE";
        };
    return new Read(
        state, numbers.caller().canonical(), Objects.requireNonNullElse(numbers.line(), ""));
  }

  @Override
  public CallerMatched rank(
      long now, @Nullable String number, String line, List<NumberMatch> matches) {
    Map<CustomerId, Card> cards = new HashMap<>();
    matches.forEach(match -> cards.put(match.card().id(), match.card()));
    List<Candidate> candidates = matches.stream().map(NumberCallers::candidate).toList();
    return switch (Identity.rank(candidates, new CallFacts(caller(number), line, now))) {
      case Clear clear ->
          new CallerMatched(
              now, "CLEAR", clear.best().customer(), candidates(clear.ranked(), cards));
      case Several several ->
          new CallerMatched(now, "SEVERAL", null, candidates(several.ranked(), cards));
      default -> new CallerMatched(now, "NEW", null, List.of());
    };
  }

  private static CallerNumber caller(@Nullable String number) {
    if (number == null) {
      return new CallerNumber.Unreadable("");
    }
    return number.startsWith("+")
        ? new CallerNumber.Known(new PhoneNumber(number))
        : new CallerNumber.ShortCode(number);
  }

  private static Candidate candidate(NumberMatch match) {
    IdentityKind kind = IdentityKind.of(match.identityKind());
    LastCall lastCall =
        match.lastCallAt() == null
            ? null
            : new LastCall(match.lastCallAt(), match.lastLine(), true);
    return new Candidate(
        match.card().id(),
        new NumberUse(kind, match.owners() > 1, Math.max(1, match.owners())),
        match.confirmedAt() == null ? 0 : 1,
        match.confirmedAt(),
        lastCall,
        match.openService(),
        match.lastOrderAt(),
        match.card().level().ordinal(),
        false);
  }

  private static List<LedgerFact.Candidate> candidates(
      List<Ranked> ranked, Map<CustomerId, Card> cards) {
    return ranked.stream()
        .limit(9)
        .map(one -> candidate(one, Objects.requireNonNull(cards.get(one.customer()))))
        .toList();
  }

  private static LedgerFact.Candidate candidate(Ranked one, Card card) {
    return new LedgerFact.Candidate(
        one.customer(),
        card.name(),
        card.level().name(),
        one.confidence(),
        one.reasons().stream().map(Object::toString).toList());
  }
}
