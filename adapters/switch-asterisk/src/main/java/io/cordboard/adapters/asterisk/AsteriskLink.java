package io.cordboard.adapters.asterisk;

import io.cordboard.adapterkit.Backoff;
import io.cordboard.adapterkit.Handoff;
import io.cordboard.adapterkit.WebSocket;
import io.cordboard.adapterkit.WebSocketOptions;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.TakenOver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The link with one Asterisk: the ARI WebSocket and AMI together, or nothing. A thread for each
 * socket reads and only queues; one thread connects, asks for the snapshot, translates and tells.
 */
final class AsteriskLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AsteriskLink.class.getName());
  private static final int QUEUE_BYTES = 64 << 20;
  private static final int LONGEST_EVENT = 1 << 20;
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  /** What was read and waits to be told. */
  private sealed interface Item {
    record Frame(byte[] json) implements Item {}

    record Manager(Ami.Packet packet) implements Item {}

    record Ready(SwitchSignal signal) implements Item {}
  }

  /** One connection, from the snapshot on. */
  record Session(
      long epoch, WebSocket socket, AriCommands commands, Ami ami, Handoff<Item> queue) {}

  private final AsteriskConfig config;
  private final Clock clock;
  private final AriRest rest;
  private final Legs legs;
  private final Random random = new Random();
  private final Devices devices;
  private final PhoneCalls phoneCalls;
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
  private final Thread worker;
  private @Nullable Recordings recordings;
  private @Nullable SwitchListener listener;
  private volatile @Nullable Session session;
  private volatile boolean takenOver;

  AsteriskLink(AsteriskConfig config, Clock clock, AriRest rest, Legs legs) {
    this.config = config;
    this.clock = clock;
    this.rest = rest;
    this.legs = legs;
    this.devices = new Devices(config.agents());
    this.phoneCalls = new PhoneCalls(config.switchId(), config.agents());
    this.worker =
        Thread.ofPlatform().daemon().name("switch-" + config.switchId()).unstarted(this::live);
  }

  void start(SwitchListener listener, Recordings recordings) {
    this.listener = listener;
    this.recordings = recordings;
    worker.start();
  }

  /** The connection that stands. */
  Session session() {
    Session now = session;
    if (now == null) {
      throw new Fault.Unreachable(
          takenOver
              ? "Another program has taken the calls of Asterisk's application '%s' over; stop it and restart this server."
                  .formatted(config.ari().app())
              : "There is no link with the Asterisk '%s' at the moment."
                  .formatted(config.switchId()),
          null);
    }
    return now;
  }

  @Nullable Session sessionOrNull() {
    return session;
  }

  /** Queues something of our own making behind what was read so far; false without a link. */
  boolean tell(SwitchSignal signal) {
    Session now = session;
    return now != null && now.queue.offer(new Item.Ready(signal));
  }

  @Override
  public void close() {
    closed.complete(null);
    Session now = session;
    session = null;
    if (now != null) {
      hangUp(now.socket, now.ami, now.queue);
      now.commands.close();
    }
    if (Thread.currentThread() != worker && worker.isAlive()) {
      join();
    }
  }

  private void join() {
    try {
      worker.join(Duration.ofSeconds(10));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- the life of the link, on the worker

  private void live() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), random);
    String told = "";
    while (!closed.isDone()) {
      Duration wait;
      String reason;
      try {
        reason = connected();
        backoff.reset();
        told = "";
        wait = backoff.next();
      } catch (Fault fault) {
        reason = fault.getMessage();
        wait = fault instanceof Fault.AuthLapsed ? AFTER_REFUSAL : backoff.next();
      } catch (RuntimeException failed) {
        LOG.log(
            System.Logger.Level.ERROR, "The link with Asterisk failed in our own code.", failed);
        reason = "Our own code failed: " + failed;
        wait = backoff.next();
      }
      if (takenOver) {
        closed.join();
      } else if (!reason.equals(told)) {
        told = reason;
        say(new LinkDown(config.switchId(), clock.micros(), reason));
      }
      rest(wait);
    }
  }

  private void rest(Duration wait) {
    try {
      closed.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException again) {
      // it is time for the next attempt
    } catch (InterruptedException | ExecutionException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Connects, tells until the link is lost, and returns why it was. */
  private String connected() {
    Handoff<Item> queue = new Handoff<>(QUEUE_BYTES, AsteriskLink::weight);
    CompletableFuture<String> lost = new CompletableFuture<>();
    WebSocket socket = open();
    AriCommands commands = new AriCommands(socket::sendTexts, clock);
    // no virtual thread: each wait of one for a socket goes through a poller, and this one waits often
    Thread.ofPlatform()
        .daemon()
        .name("asterisk-ari")
        .start(() -> read(socket, commands, queue, lost));
    @Nullable Ami ami = null;
    try {
      ami =
          Ami.connect(
              config.ami(),
              packet -> queue.offer(new Item.Manager(packet)),
              reason -> lose(queue, lost, reason));
      Resync resync = new Resync(config, clock, rest, ami);
      AriTranslator translator = new AriTranslator(config.switchId(), resync.epoch());
      var found = resync.snapshot(translator, legs, devices, recordings());
      Session now = new Session(translator.epoch(), socket, commands, ami, queue);
      rest.over(commands);
      session = now;
      if (lost.isDone() || closed.isDone()) {
        session = null;
      }
      say(found.up());
      phoneCalls.running(found.channels()).forEach(this::say);
      listen(now, translator);
    } finally {
      session = null;
      rest.over(null);
      commands.close();
      hangUp(socket, ami, queue);
    }
    return "The link with Asterisk was lost: " + lost.getNow("it was closed") + ".";
  }

  private WebSocket open() {
    try {
      return WebSocket.connect(options(), clock, random);
    } catch (Fault.AuthLapsed refused) {
      throw new Fault.AuthLapsed(
          refused.getMessage()
              + " Check ariUser and ariPassword in connection.json; 'cordboard pbx up' writes it"
              + " anew.");
    } catch (Fault.Unreachable away) {
      throw new Fault.Unreachable(
          away.getMessage() + " Is Asterisk running? See 'cordboard pbx status'.", away);
    }
  }

  private void read(
      WebSocket socket, AriCommands commands, Handoff<Item> queue, CompletableFuture<String> lost) {
    try {
      socket.run(
          new WebSocket.Receiver() {
            private final Gathering gathering = new Gathering(clock);

            @Override
            public void message(byte[] buffer, int offset, int length) throws IOException {
              gathering.read(length);
              if (AriEvent.isNoise(buffer, offset, length)) {
                return;
              }
              byte[] json = Arrays.copyOfRange(buffer, offset, offset + length);
              boolean taken =
                  AriCommands.isAnswer(json)
                      ? commands.answered(json)
                      : queue.put(new Item.Frame(json));
              if (!taken) {
                throw new IOException("its events came faster than they could be taken");
              }
            }

            @Override
            public void drained() {
              queue.flush();
              commands.flush();
              gathering.rest();
            }
          });
    } catch (IOException ended) {
      lose(queue, lost, config.ari().url().getAuthority() + ": " + ended.getMessage());
    }
  }

  /** Commands fail from now on; what was read is still told. */
  private void lose(Handoff<Item> queue, CompletableFuture<String> lost, String reason) {
    if (lost.complete(reason)) {
      Session now = session;
      if (now != null && now.queue == queue) {
        session = null;
      }
    }
    queue.close();
  }

  private void listen(Session now, AriTranslator translator) {
    List<Item> items = new ArrayList<>();
    try {
      while (now.queue.drainTo(items, Handoff.FOREVER)) {
        for (Item item : items) {
          take(item, now, translator);
        }
        items.clear();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Item item, Session now, AriTranslator translator) {
    switch (item) {
      case Item.Frame frame -> event(frame.json, now, translator);
      case Item.Manager manager -> manager(manager.packet);
      case Item.Ready ready -> say(ready.signal);
    }
  }

  private void event(byte[] json, Session now, AriTranslator translator) {
    AriEvent event = AriEvent.read(json);
    if (event == null) {
      say(translator.unreadable(json));
      return;
    }
    SwitchSignal signal = translator.translate(event, legs.note(event));
    switch (signal) {
      case Happened happened -> happened(happened, event);
      case SwitchSignal.Unknown unknown -> say(translator.unknown(event, json));
      case null, default -> react(event, now);
    }
  }

  private void happened(Happened signal, AriEvent event) {
    switch (signal.event()) {
      case LegArrived arrived -> {
        // before it is told: a command may come at once
        legs.arrived(Objects.requireNonNull(event.channel));
        say(signal);
      }
      case LegEnded ended -> {
        legs.ended(ended.leg().channel());
        say(signal);
        recordings().legEnded(ended.leg(), ended.at());
      }
      default -> say(signal);
    }
    if (AriTranslator.asksForTransfer(event)) {
      refuseTransfer(signal.event().leg().channel());
    }
  }

  /** Events that are no news to others, but that we must answer. */
  private void react(AriEvent event, Session now) {
    if (AriTranslator.isAgentsCall(event) && event.channel != null) {
      dials(event, event.channel, now);
    } else if (event.type.equals("DeviceStateChanged")) {
      device(devices.call(event));
    } else if (event.type.equals("ApplicationReplaced")) {
      takenOver = true;
      session = null;
      say(new TakenOver(config.switchId(), clock.micros()));
      hangUp(now.socket, now.ami, now.queue);
    }
  }

  private void dials(AriEvent event, AriChannel channel, Session now) {
    // before it is told: a command may come at once
    legs.arrived(channel);
    say(
        new SwitchSignal.PhoneDials(
            new LegKey(config.switchId(), now.epoch, channel.id), channel.endpoint(),
            AriTranslator.dialledByHand(event), event.at));
  }

  private void manager(Ami.Packet packet) {
    switch (packet.get("Event")) {
      case "ContactStatus" -> device(devices.contact(packet));
      case "UserEvent" -> {
        SwitchSignal told = phoneCalls.told(packet);
        if (told != null) {
          say(told);
        }
      }
      default -> recordings().on(packet);
    }
  }

  private void device(Devices.@Nullable Change change) {
    if (change != null) {
      say(new DeviceChanged(config.switchId(), change.address(), change.state(), change.at()));
    }
  }

  /**
   * The phone is told that its transfer was declined, so that it keeps its call: what becomes of
   * the wish is decided by who hears {@code TransferAsked}.
   */
  private void refuseTransfer(String channel) {
    rest.send(
        AriRest.Ask.post("/channels/" + AriRest.encode(channel) + "/transfer_progress")
            .with("states", "channel_declined"));
  }

  private void say(SwitchSignal signal) {
    SwitchListener hears = listener;
    if (hears != null && !closed.isDone()) {
      hears.on(signal);
    }
  }

  private Recordings recordings() {
    return Objects.requireNonNull(recordings);
  }

  private WebSocketOptions options() {
    URI http = config.ari().url();
    String scheme = "https".equals(http.getScheme()) ? "wss" : "ws";
    String rest = http.getAuthority() + http.getRawPath();
    return new WebSocketOptions(
        URI.create(scheme + "://" + rest + "/events?subscribeAll=false&app=" + config.ari().app()),
        Map.of("Authorization", this.rest.authorization()),
        LONGEST_EVENT,
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        null);
  }

  private static void hangUp(WebSocket socket, @Nullable Ami ami, Handoff<Item> queue) {
    socket.close();
    if (ami != null) {
      ami.close();
    }
    queue.close();
  }

  private static int weight(Item item) {
    return item instanceof Item.Frame frame ? frame.json.length : 200;
  }
}
