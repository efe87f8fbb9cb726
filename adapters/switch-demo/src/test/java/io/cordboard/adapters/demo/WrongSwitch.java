package io.cordboard.adapters.demo;

import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.Standby;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchRecords;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.TestCaller;
import io.cordboard.spi.telephony.VirtualPhones;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The demo switch with something wrong about what it tells or what it does. */
final class WrongSwitch {
  private static final Class<?>[] ALL = {
    PhoneSwitch.class,
    LegControl.class,
    Dialling.class,
    Mixing.class,
    Announcing.class,
    Recorder.class,
    VirtualPhones.class,
    TestCaller.class,
    OutsideDialling.class,
    Standby.class,
    SwitchRecords.class
  };

  /** What the demo switch itself cannot. */
  private static final Set<Class<?>> ALONE = Set.of(Standby.class, SwitchRecords.class);

  private final DemoSwitch right;
  private final AloneSwitch alone;
  private final Ear ear;
  private final Hand hand;

  /** What is told instead of a signal. */
  interface Ear {
    void on(SwitchSignal signal, Consumer<SwitchSignal> real);
  }

  /** What is done instead of a command. */
  interface Hand {
    Object on(String command, Object[] arguments, Doing real);
  }

  interface Doing {
    Object with(Object... arguments);
  }

  private WrongSwitch(DemoSwitch right, AloneSwitch alone, Ear ear, Hand hand) {
    this.right = right;
    this.alone = alone;
    this.ear = ear;
    this.hand = hand;
  }

  static PhoneSwitch of(DemoSwitch right, AloneSwitch alone, Ear ear, Hand hand) {
    WrongSwitch wrong = new WrongSwitch(right, alone, ear, hand);
    return (PhoneSwitch)
        Proxy.newProxyInstance(WrongSwitch.class.getClassLoader(), ALL, wrong::invoke);
  }

  private Object invoke(Object proxy, Method method, Object[] given) {
    if (method.getName().equals("capabilities")) {
      return EnumSet.allOf(Capability.class).stream().filter(this::can).collect(Collectors.toSet());
    }
    if (given == null) {
      return call(method);
    }
    return switch (method.getName()) {
      case "start" -> start((SwitchListener) given[0]);
      case "as" -> as(proxy, (Class<?>) given[0]);
      default -> hand.on(method.getName(), given, replaced -> call(method, replaced));
    };
  }

  private Object start(SwitchListener listener) {
    right.start(signal -> ear.on(signal, listener::on));
    return null;
  }

  private boolean can(Capability capability) {
    return ALONE.contains(capability.type()) || right.capabilities().contains(capability);
  }

  private Object as(Object proxy, Class<?> capability) {
    if (!ALONE.contains(capability)) {
      right.as(capability);
    }
    return proxy;
  }

  private Object call(Method method, Object... arguments) {
    try {
      return method.invoke(ALONE.contains(method.getDeclaringClass()) ? alone : right, arguments);
    } catch (InvocationTargetException thrown) {
      throw new IllegalStateException(thrown.getCause());
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }
}
