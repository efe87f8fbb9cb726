package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.OutsideOrder;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The people outside whom one may call. Most answer after a few seconds and talk; what becomes of the
 * others stands in the number's last four digits. Called under the lock.
 */
final class Outside {
  /** Never answered. */
  static final String RINGS = "0019";

  static final String BUSY = "0017";
  static final String UNKNOWN = "0001";
  static final String REJECTS = "0021";
  static final String CONGESTED = "0034";

  private static final Map<String, EndCause> REFUSALS =
      Map.of(
          BUSY, new EndCause(Side.FAR, 17, 486, "Busy"),
          UNKNOWN, new EndCause(Side.FAR, 1, 404, "Unallocated number"),
          REJECTS, new EndCause(Side.FAR, 21, 603, "Declined"),
          CONGESTED, new EndCause(Side.FAR, 34, 503, "No circuit available"));
  private static final EndCause RANG_OUT = new EndCause(Side.SWITCH, 19, 480, "No answer");
  private static final Duration NETWORK = Duration.ofMillis(500);
  private static final Duration TAKES = Duration.ofMillis(2500);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Callers.Stage stage;
  private final RandomGenerator random;
  private final Scripts scripts = Scripts.load();

  Outside(Callers.Stage stage, RandomGenerator random) {
    this.stage = stage;
    this.random = random;
  }

  LegKey dial(OutsideOrder order) {
    OutsideDialling.checkedNumber(order.number());
    Phones.check(order.channel(), order.ringSeconds());
    Exchange exchange = stage.exchange();
    LegKey key = exchange.key(order.channel());
    if (exchange.find(key).isPresent()) {
      return key;
    }
    if (exchange.isGone(order.channel())) {
      throw new Fault.NotFound("The leg '%s' has ended already.".formatted(order.channel()));
    }
    Person person = new Person(order.number());
    DemoLeg leg = exchange.begin(key, null, person);
    String bridge = order.bridge();
    if (bridge != null) {
      exchange.join(bridge, leg);
    }
    person.begin(leg, order.ringSeconds());
    return key;
  }

  /** Somebody at a number. */
  private final class Person implements FarEnd {
    private final String number;
    private final Conversation conversation;
    private Runnable cancelNext = () -> {};
    private Runnable cancelLimit = () -> {};
    private boolean picked;

    Person(String number) {
      this.number = number;
      this.conversation = new Conversation(stage, scripts.choose(number, null, random));
    }

    void begin(DemoLeg leg, int ringSeconds) {
      EndCause refusal = number.length() < 4 ? null : REFUSALS.get(last(number));
      if (refusal != null) {
        cancelNext = stage.guard().after(NETWORK, () -> stage.exchange().end(leg, refusal));
        return;
      }
      stage.teller().tell(new LegRinging(leg.key(), stage.clock().micros()));
      cancelLimit =
          stage
              .guard()
              .after(
                  Duration.ofSeconds(ringSeconds), () -> stage.exchange().end(leg, RANG_OUT));
      if (number.length() < 4 || !last(number).equals(RINGS)) {
        cancelNext = stage.guard().after(TAKES, () -> pickUp(leg));
      }
    }

    private void pickUp(DemoLeg leg) {
      cancelLimit.run();
      picked = true;
      double hertz = 200 + 60 * random.nextDouble();
      stage.exchange().answer(leg);
      conversation.begin(leg, hertz, PATIENCE, LONGEST, false);
      conversation.changed();
    }

    private static String last(String number) {
      return number.substring(number.length() - 4);
    }

    /** Until the answer there is nobody who could hear or speak. */
    @Override
    public void changed() {
      if (picked) {
        conversation.changed();
      }
    }

    @Override
    public void ended() {
      cancelNext.run();
      cancelLimit.run();
      conversation.ended();
    }
  }
}
