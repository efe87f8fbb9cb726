package io.cordboard.bench.ari;

import io.cordboard.bench.ari.Script.Scene;
import io.cordboard.kernel.CustomerId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls on the switch: what a command does to them, and what is told of it. Thread-safe. */
public final class Exchange implements AutoCloseable {
  private final Script script = Script.load();
  private final Map<String, FakeCall> channels = new ConcurrentHashMap<>();
  private final Map<String, FakeCall> bridges = new ConcurrentHashMap<>();
  private final Set<String> emptyBridges = ConcurrentHashMap.newKeySet();
  private final Map<String, FakeCall> numbers = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final AtomicLong serial = new AtomicLong(System.currentTimeMillis());
  private final LongAdder sent = new LongAdder();
  private final Pace pace;
  private volatile Consumer<String> listener = event -> {};
  private volatile @Nullable Runnable closeListener;

  /** How long phones ring and people talk, in milliseconds. */
  public record Pace(long answerMillis, long talkMillis) {}

  public Exchange(Pace pace) {
    this.pace = pace;
    timer.setRemoveOnCancelPolicy(true);
  }

  // ---- for the generator ---------------------------------------------------------------------

  /** A customer calls; null while the same number is in a call already. */
  public @Nullable FakeCall arrive(String number, CustomerId customer, String did) {
    FakeCall call = new FakeCall(number, customer, did, serial.incrementAndGet());
    if (numbers.putIfAbsent(number, call) != null) {
      return null;
    }
    channels.put(call.channel(), call);
    synchronized (call) {
      call.arrived(System.nanoTime());
      tell(call, Scene.ARRIVES);
    }
    return call;
  }

  /** The live call of this caller. */
  public @Nullable FakeCall byNumber(String number) {
    return numbers.get(number);
  }

  /** How many calls live. */
  public int live() {
    return numbers.size();
  }

  /** Events told since the start. */
  public long events() {
    return sent.sum();
  }

  /** Whether the product listens. */
  public boolean connected() {
    return closeListener != null;
  }

  // ---- for the product -----------------------------------------------------------------------

  LongAdder sent() {
    return sent;
  }

  void listen(Consumer<String> events, Runnable close) {
    listener = events;
    closeListener = close;
  }

  Collection<FakeCall> calls() {
    return numbers.values();
  }

  Map<String, FakeCall> bridges() {
    return bridges;
  }

  Set<String> emptyBridges() {
    return emptyBridges;
  }

  @Nullable FakeCall byChannel(String channel) {
    return channels.get(channel);
  }

  /** A phone is rung for a caller; false when nobody knows the caller. */
  boolean dial(FakeCall call, String channel, String extension, String args) {
    synchronized (call) {
      if (channels.putIfAbsent(channel, call) != null) {
        return false;
      }
      call.dialled(channel, extension, args);
      tell(call, Scene.RINGS);
    }
    timer.schedule(() -> agentAnswers(call, channel), pace.answerMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  private void agentAnswers(FakeCall call, String channel) {
    synchronized (call) {
      if (call.agentThere() && call.agentChannel().equals(channel)) {
        call.agentAnswers();
        tell(call, Scene.ANSWERS);
      }
    }
  }

  void answer(FakeCall call) {
    synchronized (call) {
      if (!call.isUp() && call.customerThere()) {
        call.opens();
        tell(call, Scene.OPENS);
      }
    }
  }

  void join(String bridge, FakeCall call, String channel) {
    synchronized (call) {
      bridges.put(bridge, call);
      emptyBridges.remove(bridge);
      boolean customer = channel.equals(call.channel());
      if (call.joins(bridge, channel)) {
        tell(call, customer ? Scene.CUSTOMER_JOINS : Scene.AGENT_JOINS);
        if (call.together()) {
          tell(call, Scene.BRIDGED);
          timer.schedule(() -> customerHangsUp(call), pace.talkMillis(), TimeUnit.MILLISECONDS);
        }
      }
    }
  }

  private void customerHangsUp(FakeCall call) {
    synchronized (call) {
      if (call.customerThere()) {
        tell(call, Scene.CUSTOMER_LEAVES);
        call.customerEnds();
        gone(call, call.channel());
      }
    }
  }

  /** Ends a channel, as a command does. */
  void hangUp(FakeCall call, String channel) {
    synchronized (call) {
      if (channel.equals(call.channel())) {
        customerHangsUp(call);
      } else if (call.agentThere() && channel.equals(call.agentChannel())) {
        tell(call, Scene.AGENT_LEAVES);
        call.agentEnds();
        gone(call, channel);
      }
    }
  }

  void closeBridge(String bridge) {
    emptyBridges.remove(bridge);
    FakeCall call = bridges.remove(bridge);
    if (call != null) {
      synchronized (call) {
        tell(call, Scene.BRIDGE_ENDS);
      }
    }
  }

  private void gone(FakeCall call, String channel) {
    channels.remove(channel);
    if (call.gone()) {
      numbers.remove(call.number(), call);
    }
  }

  private void tell(FakeCall call, Scene scene) {
    call.play(script, scene).forEach(listener);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    Runnable end = closeListener;
    if (end != null) {
      end.run();
    }
  }
}
