package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pretended customers. Called under the lock. */
final class Callers {
  static final String TRUNK = "demo";
  private static final int LONGEST_SECONDS = 7200;
  private static final EndCause GAVE_UP = new EndCause(Side.FAR, 16, 487, "The caller gave up");
  private static final EndCause HUNG_UP = new EndCause(Side.FAR, 16, 200, "The caller hung up");

  private final Stage stage;
  private final Ids ids;
  private final RandomGenerator random;
  private final Duration patience;
  private final Scripts scripts = Scripts.load();

  /** What callers act on. */
  record Stage(Exchange exchange, Sounds sounds, Teller teller, Guard guard, Clock clock) {}

  Callers(Stage stage, Ids ids, RandomGenerator random, Duration patience) {
    this.stage = stage;
    this.ids = ids;
    this.random = random;
    this.patience = patience;
  }

  LegKey place(TestCall call) {
    if (call.seconds() < 1 || call.seconds() > LONGEST_SECONDS) {
      throw new Fault.BadRequest(
          "A test call lasts 1 to %d seconds, not %d.".formatted(LONGEST_SECONDS, call.seconds()));
    }
    LegKey key = stage.exchange().key("caller-" + ids.next());
    LegArrived arrival =
        new LegArrived(
            key,
            stage.clock().micros(),
            Control.CONTROLLED,
            NumberClaims.of(TRUNK, call.from(), call.to()),
            null,
            key.channel());
    Conversation conversation =
        new Conversation(stage, scripts.choose(call.from(), call.say(), random));
    DemoLeg leg = stage.exchange().begin(key, arrival, conversation);
    stage.teller().tell(arrival);
    double hertz = 200 + 60 * random.nextDouble();
    conversation.begin(
        leg, hertz, patience, Duration.ofSeconds(call.seconds()), call.say() != null);
    return key;
  }

  void hangUp(LegKey key) {
    DemoLeg leg = caller(key);
    stage.exchange().end(leg, farewell(leg));
  }

  void press(LegKey key, String digits) {
    caller(key);
    if (!digits.matches("[0-9*#A-D]{1,64}")) {
      throw new Fault.BadRequest("'%s' are no keys of a phone.".formatted(Fault.excerpt(digits)));
    }
    digits
        .chars()
        .mapToObj(Character::toString)
        .forEach(key1 -> stage.teller().tell(new DigitPressed(key, stage.clock().micros(), key1)));
  }

  /** How a caller's own end of the call is told. */
  static EndCause farewell(DemoLeg leg) {
    return leg.answered() ? HUNG_UP : GAVE_UP;
  }

  private DemoLeg caller(LegKey key) {
    DemoLeg leg = stage.exchange().live(key);
    if (leg.isPhone()) {
      throw new Fault.Refused("The leg '%s' is a phone's, no caller's.".formatted(key.channel()));
    }
    return leg;
  }
}
