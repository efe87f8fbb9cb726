package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.LegHeld;
import io.cordboard.kernel.CallEvent.LegResumed;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The agents' phones, which have no body. Called under the lock. */
final class Phones {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern CHANNEL = Pattern.compile("[!-~]{1,128}");
  private static final int MOST = 10_000;
  private static final int LONGEST_RING = 600;
  private static final EndCause BUSY = new EndCause(Side.FAR, 17, 486, "Busy");
  private static final EndCause DECLINED = new EndCause(Side.FAR, 21, 603, "Declined");
  private static final EndCause HUNG_UP = new EndCause(Side.FAR, 16, 200, "The phone hung up");
  private static final EndCause LOST = new EndCause(Side.SWITCH, 27, 480, "The phone is gone");
  private static final EndCause RANG_OUT = new EndCause(Side.SWITCH, 19, 480, "No answer");

  private final String switchId;
  private final Exchange exchange;
  private final Teller teller;
  private final Guard guard;
  private final Clock clock;
  private final Duration phoneLost;
  private final Map<String, Phone> phones = new TreeMap<>();

  Phones(DemoConfig config, Exchange exchange, Teller teller, Guard guard, Clock clock) {
    this.switchId = config.id();
    this.phoneLost = config.phoneLost();
    this.exchange = exchange;
    this.teller = teller;
    this.guard = guard;
    this.clock = clock;
  }

  Map<String, DeviceState> states() {
    Map<String, DeviceState> states = new TreeMap<>();
    phones.forEach((address, phone) -> states.put(address, phone.state()));
    return states;
  }

  void register(String address, boolean registered) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new Fault.BadRequest(
          "'%s' names no phone: 1 to 64 letters, digits, dots, hyphens and underscores."
              .formatted(Fault.excerpt(address)));
    }
    if (phones.size() >= MOST && !phones.containsKey(address)) {
      throw new Fault.Refused("The demo switch has %d phones already.".formatted(MOST));
    }
    phones.computeIfAbsent(address, Phone::new).register(registered);
  }

  LegKey dial(DialOrder order) {
    check(order.channel(), order.ringSeconds());
    LegKey key = exchange.key(order.channel());
    if (exchange.find(key).isPresent()) {
      return key;
    }
    if (exchange.isGone(order.channel())) {
      throw new Fault.NotFound("The leg '%s' has ended already.".formatted(order.channel()));
    }
    Phone phone = phones.get(order.address());
    if (phone == null || !phone.registered) {
      throw new Fault.Refused(
          "The phone '%s' is not registered at the demo switch: sign in at the desk with it."
              .formatted(Fault.excerpt(order.address())));
    }
    phone.ring(key, order);
    return key;
  }

  void lift(LegKey key) {
    DemoLeg leg = exchange.live(key);
    phoneOf(leg).lift(leg);
  }

  void putDown(LegKey key) {
    exchange
        .find(key)
        .ifPresent(
            leg -> {
              phoneOf(leg);
              exchange.end(leg, leg.answered() ? HUNG_UP : DECLINED);
            });
  }

  void hold(LegKey key, boolean held) {
    DemoLeg leg = exchange.answered(key);
    phoneOf(leg);
    if (leg.held() == held) {
      return;
    }
    long at = clock.micros();
    teller.tell(held ? new LegHeld(key, at) : new LegResumed(key, at));
    exchange.hold(leg, held);
  }

  void askTransfer(LegKey key, String target, @Nullable String replaces) {
    phoneOf(exchange.answered(key));
    teller.tell(new TransferAsked(key, clock.micros(), target, replaces));
  }

  static void check(String channel, int ringSeconds) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new Fault.BadRequest(
          "'%s' cannot name a channel: 1 to 128 printable ASCII characters."
              .formatted(Fault.excerpt(channel)));
    }
    if (ringSeconds < 1 || ringSeconds > LONGEST_RING) {
      throw new Fault.BadRequest(
          "A phone rings 1 to %d seconds, not %d.".formatted(LONGEST_RING, ringSeconds));
    }
  }

  private static Phone phoneOf(DemoLeg leg) {
    if (leg.farEnd() instanceof Line line) {
      return line.phone();
    }
    throw new Fault.Refused(
        "The leg '%s' is a caller's, no phone's.".formatted(leg.key().channel()));
  }

  /** The far end of one leg: a phone, or a phone that was busy already. */
  private record Line(Phone phone, LegKey key) implements FarEnd {
    @Override
    public boolean isPhone() {
      return true;
    }

    @Override
    public void changed() {}

    @Override
    public void ended() {
      phone.freed(key);
    }
  }

  private final class Phone {
    private final String address;
    private boolean registered;
    private @Nullable LegKey busyWith;
    private DeviceState told = DeviceState.UNREGISTERED;
    private Runnable cancelLimit = () -> {};

    Phone(String address) {
      this.address = address;
    }

    DeviceState state() {
      if (!registered) {
        return DeviceState.UNREGISTERED;
      }
      return busyWith == null ? DeviceState.IDLE : DeviceState.BUSY;
    }

    void register(boolean now) {
      boolean was = registered;
      registered = now;
      tell();
      if (was != now) {
        leg().ifPresent(leg -> limit(leg, now));
      }
    }

    /** A phone that went away may come back to its talk for a while; ringing is over at once. */
    private void limit(DemoLeg leg, boolean back) {
      if (!leg.answered()) {
        exchange.end(leg, LOST);
      } else {
        cancelLimit.run();
        cancelLimit = back ? () -> {} : guard.after(phoneLost, () -> exchange.end(leg, LOST));
      }
    }

    void ring(LegKey key, DialOrder order) {
      DemoLeg leg = exchange.begin(key, null, new Line(this, key));
      if (busyWith != null) {
        exchange.end(leg, BUSY);
        return;
      }
      busyWith = key;
      teller.tell(new LegRinging(key, clock.micros()));
      tell();
      cancelLimit =
          guard.after(Duration.ofSeconds(order.ringSeconds()), () -> exchange.end(leg, RANG_OUT));
      if (order.autoAnswer()) {
        lift(leg);
      }
    }

    void lift(DemoLeg leg) {
      if (!leg.answered()) {
        cancelLimit.run();
        exchange.answer(leg);
      }
    }

    void freed(LegKey key) {
      if (key.equals(busyWith)) {
        cancelLimit.run();
        busyWith = null;
        tell();
      }
    }

    private Optional<DemoLeg> leg() {
      return busyWith == null ? Optional.empty() : exchange.find(busyWith);
    }

    private void tell() {
      if (told != state()) {
        told = state();
        teller.tell(new DeviceChanged(switchId, address, told, clock.micros()));
      }
    }
  }
}
