package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.customer.MemoryCustomers;
import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.journey.CallWords.Correction;
import io.cordboard.core.journey.CallWords.Verification;
import io.cordboard.core.journey.EditCustomer.Typed;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Consent;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Incidents.Which;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustomerStoriesTest {
  private static final AgentId ANN = new AgentId(new UUID(0, 1));
  private static final Principal AGENT = principal(Role.AGENT);
  private static final CallId CALL = new CallId(new UUID(3, 3));
  private static final String MOBILE = "+8613800138000";

  private final HandClock clock = new HandClock();
  private final MemoryCustomers customers = new MemoryCustomers();
  private final List<AuditEntry> trail = new ArrayList<>();
  private boolean trailIsFull;
  private final Audit audit =
      new Audit() {
        @Override
        public void record(AuditEntry entry) {
          if (trailIsFull) {
            throw new Fault.Busy("full", Duration.ofSeconds(1));
          }
          trail.add(entry);
        }

        @Override
        public void recordNow(AuditEntry entry) {
          record(entry);
        }
      };
  private final EditCustomer.Making making =
      new EditCustomer.Making(clock, new Ids(clock, new Seeded(5)));
  private final OwnNumbers numbers =
      new OwnNumbers(
          new NumberReader(), () -> TrunkRules.of(Place.of("CN")).owning("+861085550000"),
          Directory::empty);
  private final SeeCustomer see =
      new SeeCustomer(
          new SeeCustomer.Files(customers, customers, customers, customers), customers, numbers,
          audit);
  private final EditCustomer edit =
      new EditCustomer(customers, customers, numbers, customers, audit, making);
  private final KeepFile file = new KeepFile(customers, customers, making);

  private static Principal principal(Role role) {
    return new Principal(Principal.Kind.USER, ANN.value(), "ann", role, Set.of());
  }

  private CustomerId create(String name, String number) {
    clock.advance(Duration.ofMillis(1));
    return edit.create(
        AGENT, new Fields(Card.Kind.PERSON, name, "zh-CN", Card.ValueLevel.GOLD),
        List.of(new Typed(IdentityKind.MOBILE, number)));
  }

  @Test
  void nothingIsMadeWhenANumberCannotBeReadOrIsTheCompanysOwn() {
    assertThatThrownBy(() -> create("x", "1".repeat(100))).isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> create("x", "+86 10 8555 0000")).isInstanceOf(Fault.Refused.class);
    assertThat(trail).isEmpty();
  }

  @Test
  void whoeverHasNoRightSeesAndChangesNothing() {
    CustomerId id = create("王小明", MOBILE);
    Principal admin = principal(Role.ADMINISTRATOR);
    assertThatThrownBy(() -> see.file(admin, id)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> see.search(admin, "王小明", null, 9)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> edit.removeIdentity(admin, id, MOBILE))
        .isInstanceOf(Fault.Refused.class);
  }

  @Test
  void aCustomerWhoseTraceCannotBeKeptIsNotShown() {
    CustomerId id = create("王小明", MOBILE);
    trailIsFull = true;
    assertThatThrownBy(() -> see.file(AGENT, id)).isInstanceOf(Fault.Busy.class);
    assertThatThrownBy(() -> see.search(AGENT, "王小明", null, 9)).isInstanceOf(Fault.Busy.class);
    assertThatThrownBy(() -> see.timeline(AGENT, id, Set.of(), null, 9))
        .isInstanceOf(Fault.Busy.class);
  }

  @Test
  void aVerifiedCallerConfirmsTheNumberOnlyIfItIsTheirs() {
    CustomerId id = create("王小明", MOBILE);
    clock.advance(Duration.ofMillis(1));
    file.verified(new Verification(ANN, CALL, id, MOBILE));
    file.verified(new Verification(ANN, CALL, id, "+8613900000000"));
    file.verified(new Verification(ANN, CALL, id, null));
    assertThat(customers.history(id, 10)).hasSize(2);
    assertThat(customers.history(id, 10).getLast().source().name()).isEqualTo("CONFIRMED");
  }

  @Test
  void aCorrectionIsAnIncidentOnlyWhereSomethingWasShownOrWritten() {
    CustomerId one = customers.add(1, "甲");
    CustomerId other = customers.add(2, "乙");
    file.corrected(new Correction(ANN, CALL, null, other, false, true));
    file.corrected(new Correction(ANN, CALL, one, other, false, false));
    assertThat(customers.list(Which.ALL, null, 9)).isEmpty();
    file.corrected(new Correction(ANN, CALL, one, other, true, false));
    file.corrected(new Correction(ANN, CALL, one, other, false, true));
    assertThat(customers.list(Which.ALL, null, 9))
        .extracting(incident -> incident.kind())
        .containsExactly("call-corrected", "fields-shown");
  }

  @Test
  void theLatestRefusalOfCallsOfAnyEntryIsDoNotCallForAll() {
    CustomerId one = customers.add(1, "甲");
    CustomerId other = customers.add(2, "乙");
    edit.consent(AGENT, one, new Consent("calls", false, "v1"));
    clock.advance(Duration.ofMillis(1));
    edit.consent(AGENT, other, new Consent("calls", true, "v1"));
    assertThat(see.file(AGENT, other).standing().doNotCall()).isFalse();
    new MergeCustomers(customers, customers, audit, making).merge(AGENT, one, other, "");
    assertThat(see.file(AGENT, other).standing().doNotCall()).isTrue();
  }

  @Test
  void numbersAndMailsAreShownInPart() {
    assertThat(Masks.number("+8613800138000")).isEqualTo("+86138****8000");
    assertThat(Masks.number("10086")).isEqualTo("****6");
    assertThat(Masks.number("1")).isEqualTo("*");
    assertThat(Masks.email("Wang@example.com")).isEqualTo("w***@example.com");
    assertThat(Masks.email("😀@x.cn")).isEqualTo("😀***@x.cn");
  }
}
