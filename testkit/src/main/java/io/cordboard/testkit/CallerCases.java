package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.TestCaller;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.spi.telephony.VirtualPhones;
import io.cordboard.testkit.SwitchHarness.Able;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who calls, as the switch tells it; pretended callers and bodiless phones. */
interface CallerCases {
  /** Odd numbers: other scripts, right to left, controls, very long. */
  List<String> ODD =
      List.of("", "😀📞", "+٠١٢٣٤", "\u202e+86138", "9".repeat(100), "张三", "a'b\"c<d>", "\t0\0");

  SwitchRig rig();

  @Test
  default void aCallTellsItsNumbersAndWhoRoutesIt() {
    rig().needs(Able.CALLS);
    String from = rig().freshNumber();
    rig().harness().call(from, rig().harness().line());
    LegArrived arrival = rig().arrivalOf(from);

    assertThat(numbers(arrival.claims())).contains(rig().harness().line());
    assertThat(arrival.claims().trunk()).isNotBlank();
    assertThat(arrival.control())
        .as("controlled exactly when the adapter declares LEG_CONTROL")
        .isEqualTo(rig().can(Capability.LEG_CONTROL) ? Control.CONTROLLED : Control.OBSERVED);
  }

  @Test
  default void oddNumbersArriveAsTheyAre() {
    rig().needs(Able.CALLS, Able.ODD_NUMBERS);
    for (String odd : ODD) {
      int mark = rig().log().mark();
      rig().harness().call(odd, rig().harness().line());
      NumberClaims claims = rig().log().eventFrom(mark, LegArrived.class, any -> true).claims();
      assertThat(Objects.requireNonNullElse(claims.from(), "")).isEqualTo(odd);
    }
  }

  @Test
  default void endlessNumbersAreCut() {
    rig().needs(Able.CALLS, Able.ODD_NUMBERS);
    int mark = rig().log().mark();
    rig().harness().call("1".repeat(5000), rig().harness().line());
    LegArrived arrival = rig().log().eventFrom(mark, LegArrived.class, any -> true);
    assertThat(numbers(arrival.claims())).allMatch(number -> number.length() <= 256);
  }

  @Test
  default void aTestCallCarriesItsNumbers() {
    rig().needs(Capability.TEST_CALLER);
    String from = rig().freshNumber();
    TestCaller caller = rig().phone().as(TestCaller.class);
    LegKey leg = Await.done(caller.placeCall(new TestCall(from, rig().harness().line(), null, 20)));

    NumberClaims claims = rig().log().event(leg, LegArrived.class).claims();
    assertThat(claims.from()).isEqualTo(from);
    assertThat(numbers(claims)).contains(rig().harness().line());
    if (rig().can(Capability.LEG_CONTROL)) {
      rig().end(leg);
    }
  }

  @Test
  default void aVirtualPhoneIsRegisteredLiftedAndPutDown() {
    rig().needs(Capability.VIRTUAL_PHONES, Capability.DIALLING);
    VirtualPhones phones = rig().phone().as(VirtualPhones.class);
    String address = rig().harness().devices().getFirst();
    Await.done(phones.register(address, true));
    Await.done(phones.register(address, true));
    LegKey leg = rig().rings(address);

    Await.done(phones.lift(leg));
    Await.done(phones.lift(leg));
    rig().log().event(leg, LegAnswered.class);
    Await.done(phones.putDown(leg));
    Await.done(phones.putDown(leg));
    rig().log().event(leg, LegEnded.class);
    rig().assertOnce(leg, LegRinging.class, LegAnswered.class, LegEnded.class);
  }

  private static List<String> numbers(NumberClaims claims) {
    return Stream.of(
            Stream.of(
                claims.from(),
                claims.displayName(),
                claims.asserted(),
                claims.requestLine(),
                claims.to(),
                claims.calledParty()),
            claims.diversion().stream(),
            claims.history().stream())
        .flatMap(some -> some)
        .filter(Objects::nonNull)
        .toList();
  }
}
