package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SameCustomerTest {
  private final Ids ids = new Ids(new HandClock(), new SecureRandom());
  private final SameCustomer same = new SameCustomer();
  private final CallId first = new CallId(ids.next());
  private final CallId second = new CallId(ids.next());
  private final CustomerId customer = new CustomerId(ids.next());
  private final AgentId agent = new AgentId(ids.next());

  @Test
  void whoeverTalksWithACustomerIsToldOfTheOtherCall() {
    assertThat(same.changed(first, customer, agent)).isEmpty();
    assertThat(same.changed(second, customer, null)).containsExactly(first);
    assertThat(same.of(customer)).containsExactly(first, second);
  }

  @Test
  void whatDoesNotChangeIsNotToldAgain() {
    same.changed(first, customer, agent);
    same.changed(second, customer, null);
    assertThat(same.changed(second, customer, null)).isEmpty();
    assertThat(same.changed(second, customer, agent)).containsExactly(first);
    assertThat(same.of(customer)).containsExactly(first, second);
  }

  @Test
  void aCallThatTurnsOutToBeAnotherCustomersIsToldToBoth() {
    CustomerId right = new CustomerId(ids.next());
    CallId third = new CallId(ids.next());
    same.changed(first, customer, agent);
    same.changed(second, customer, agent);
    same.changed(third, right, agent);
    assertThat(same.changed(second, right, agent)).containsExactlyInAnyOrder(first, third);
    assertThat(same.of(customer)).containsExactly(first);
  }

  @Test
  void nothingIsKeptOfCallsThatAreOver() {
    for (int i = 0; i < 1000; i++) {
      CallId call = new CallId(ids.next());
      CustomerId caller = new CustomerId(ids.next());
      same.changed(call, caller, null);
      same.changed(call, caller, agent);
      assertThat(same.changed(call, null, null)).isEmpty();
      same.changed(call, null, null);
    }
    assertThat(same.empty()).isTrue();
  }
}
