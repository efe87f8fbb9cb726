package io.cordboard.web.api;

import io.cordboard.core.identity.ContactStanding;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Change;
import io.cordboard.core.profile.CustomerSearch.Hit;
import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How customers look to a client. */
final class CustomerView {
  private CustomerView() {}

  /**
   * A hit of a search.
   *
   * @param foundBy number, email, foreign-id, order, ticket or name
   * @param value what fitted; numbers and e-mails in part
   */
  record Found(
      String id,
      String kind,
      String name,
      String level,
      String language,
      boolean demo,
      String foundBy,
      @Nullable String value) {
    static Found of(Hit hit) {
      return new Found(
          hit.id().toString(),
          hit.kind().name(),
          hit.name(),
          hit.level().name(),
          hit.language(),
          hit.demo(),
          hit.by().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          hit.value());
    }
  }

  /**
   * A customer as a whole.
   *
   * @param verified whether the values of the card's protected fields are there
   */
  record File(Card card, boolean verified, Standing standing) {
    static File of(SeeCustomer.File file) {
      return new File(file.card(), file.verified(), Standing.of(file.standing()));
    }
  }

  /**
   * Whether the customer may be contacted.
   *
   * @param attempts of calls that wait for a call-back
   */
  record Standing(boolean doNotCall, int attempts, List<Consent> consents) {
    static Standing of(ContactStanding standing) {
      return new Standing(
          standing.doNotCall(),
          standing.attempts(),
          standing.consents().entrySet().stream()
              .map(e -> new Consent(e.getKey(), e.getValue().granted(), Clock.instant(e.getValue().at())))
              .sorted(Comparator.comparing(Consent::kind))
              .toList());
    }
  }

  record Consent(String kind, boolean granted, Instant at) {}

  /**
   * A change that was made.
   *
   * @param file the customer in whose file it was made
   * @param by display name; null for a program
   * @param isProtected its values are shown only while the customer is verified
   */
  record Changed(
      String id,
      String file,
      Instant at,
      @Nullable String by,
      String field,
      @Nullable String before,
      @Nullable String after,
      boolean isProtected) {
    static Changed of(Change change) {
      return new Changed(
          change.id(),
          change.file().toString(),
          change.at(),
          change.by(),
          change.field(),
          change.before(),
          change.after(),
          change.isProtected());
    }
  }
}
