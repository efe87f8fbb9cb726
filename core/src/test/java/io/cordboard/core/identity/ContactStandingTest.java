package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.ContactStanding.Consent;
import io.cordboard.testkit.Seeded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContactStandingTest {
  @Test
  void oneDoNotCallHoldsForAllAndAttemptsAddUp() {
    ContactStanding all =
        ContactStanding.over(
            List.of(
                new ContactStanding(false, 2, Map.of()), new ContactStanding(true, 3, Map.of())));
    assertThat(all).isEqualTo(new ContactStanding(true, 5, Map.of()));
    assertThat(ContactStanding.over(List.of())).isEqualTo(new ContactStanding(false, 0, Map.of()));
  }

  @Test
  void theNewestDecisionOfAPurposeCountsAndARefusalAmongEquals() {
    ContactStanding one =
        new ContactStanding(
            false,
            0,
            Map.of(
                "marketing", new Consent(true, 10),
                "recording", new Consent(true, 20),
                "survey", new Consent(true, 5)));
    ContactStanding other =
        new ContactStanding(
            false,
            0,
            Map.of("marketing", new Consent(false, 11), "recording", new Consent(false, 20)));
    assertThat(ContactStanding.over(List.of(one, other)).consents())
        .isEqualTo(
            Map.of(
                "marketing", new Consent(false, 11),
                "recording", new Consent(false, 20),
                "survey", new Consent(true, 5)));
  }

  @Test
  void theOrderAndTheGroupingOfTheMembersDoNotMatter() {
    Seeded.forAll(
        500,
        random -> {
          List<ContactStanding> members = random.list(1, 6, ContactStandingTest::any);
          ContactStanding all = ContactStanding.over(members);
          assertThat(ContactStanding.over(random.shuffled(members))).isEqualTo(all);
          int cut = random.between(0, members.size());
          ContactStanding head = ContactStanding.over(members.subList(0, cut));
          ContactStanding tail = ContactStanding.over(members.subList(cut, members.size()));
          assertThat(ContactStanding.over(List.of(head, tail))).isEqualTo(all);
        });
  }

  private static ContactStanding any(Seeded random) {
    Consent consent = new Consent(random.nextBoolean(), random.between(0, 3));
    String purpose = random.pick("marketing", "recording");
    return new ContactStanding(random.chance(0.2), random.between(0, 5), Map.of(purpose, consent));
  }
}
