package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Asterisk's manager interface, for what ARI cannot do. Asterisk filters the
 * events, so that only a few come.
 */
final class Ami implements AutoCloseable {
  private static final List<String> EVENTS =
      List.of(
          "FullyBooted", "MixMonitorStart", "MixMonitorStop", "MixMonitorMute", "ContactStatus",
          "UserEvent");
  private static final int LONGEST_LINE = 16_384;
  private static final int MOST_LINES = 10_000;
  private static final int SILENCE_MILLIS = 15_000;
  private static final int PATIENCE_SECONDS = 8;

  /** One message. A field that comes again stands in {@link #output}. */
  record Packet(Map<String, String> fields, List<String> output) {
    String get(String name) {
      return fields.getOrDefault(name, "");
    }

    boolean good() {
      return get("Response").equals("Success");
    }

    /** {@code 1795691858.229193} in microseconds, 0 without one. */
    long at() {
      String[] parts = get("Timestamp").split("\\.", 2);
      return parts.length == 2 && parts[0].matches("\\d{1,12}") && parts[1].matches("\\d{6}")
          ? Long.parseLong(parts[0]) * 1_000_000 + Long.parseLong(parts[1])
          : 0;
    }
  }

  private record Asked(CompletableFuture<List<Packet>> answer, List<Packet> parts) {}

  private final AsteriskConfig.Ami config;
  private final Consumer<Packet> events;
  private final Consumer<String> lost;
  private final Socket socket = new Socket();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final CompletableFuture<Packet> booted = new CompletableFuture<>();

  private Ami(AsteriskConfig.Ami config, Consumer<Packet> events, Consumer<String> lost) {
    this.config = config;
    this.events = events;
    this.lost = lost;
  }

  /**
   * Connects, signs in and waits until Asterisk has started.
   *
   * @param events hears the events, on the reading thread: must not wait
   * @param lost hears once why the connection ended
   */
  static Ami connect(AsteriskConfig.Ami config, Consumer<Packet> events, Consumer<String> lost) {
    Ami ami = new Ami(config, events, lost);
    try {
      ami.socket.connect(new InetSocketAddress(config.host(), config.port()), 3000);
      ami.socket.setTcpNoDelay(true);
      ami.socket.setSoTimeout(SILENCE_MILLIS);
      Thread.ofVirtual().name("asterisk-ami").start(ami::read);
      ami.signIn();
      return ami;
    } catch (IOException failed) {
      ami.close();
      throw new Fault.Unreachable(
          "Asterisk's manager interface at %s does not answer: %s."
              .formatted(ami.who(), failed.getMessage()),
          failed);
    } catch (Fault fault) {
      ami.close();
      throw fault;
    }
  }

  /** Sends an action; the answer, or the parts of a list, follow. */
  CompletionStage<List<Packet>> list(String action, Map<String, String> fields) {
    String id = "cb" + numbers.incrementAndGet();
    StringBuilder text = new StringBuilder("Action: ").append(action).append("\r\nActionID: ");
    text.append(id).append("\r\n");
    fields.forEach(
        (name, value) -> text.append(name).append(": ").append(line(value)).append("\r\n"));
    CompletableFuture<List<Packet>> answer = new CompletableFuture<>();
    asked.put(id, new Asked(answer, new ArrayList<>()));
    try {
      send(text.append("\r\n").toString());
    } catch (IOException broken) {
      answer.completeExceptionally(gone(broken));
    }
    return answer
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .whenComplete((packets, failed) -> asked.remove(id))
        .exceptionallyCompose(failed -> CompletableFuture.failedFuture(unanswered(action, failed)));
  }

  /** Sends an action with a single answer. */
  CompletionStage<Packet> action(String action, Map<String, String> fields) {
    return list(action, fields).thenApply(List::getFirst);
  }

  /** The answer, waited for, for the thread that connects. */
  List<Packet> await(String action, Map<String, String> fields) {
    try {
      return list(action, fields).toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw Lanes.fault(failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // closing was all we wanted
    }
  }

  private void signIn() {
    Packet answer =
        await(
                "Login",
                Map.of(
                    "Username", config.user(),
                    "Secret", config.password(),
                    "Events", "system,call,user"))
            .getFirst();
    if (!answer.good()) {
      throw new Fault.AuthLapsed(
          "Asterisk's manager interface at %s refused the user '%s': check amiUser and amiPassword in connection.json; 'pbx up' writes it anew."
              .formatted(who(), config.user()));
    }
    for (String event : EVENTS) {
      await("Filter", Map.of("Operation", "Add", "Filter", "Event: " + event));
    }
    try {
      booted.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new Fault.Unreachable("Asterisk at " + who() + " is still starting.", e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("Stopped while Asterisk was starting.", stopped);
    }
  }

  private void read() {
    String reason = "it ended the connection";
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
      line(in);
      while (true) {
        take(packet(in));
      }
    } catch (IOException ended) {
      reason = ended.getMessage() == null ? reason : ended.getMessage();
    } finally {
      close();
      Fault gone = gone(new IOException(reason));
      asked.values().forEach(one -> one.answer.completeExceptionally(gone));
      booted.completeExceptionally(gone);
      lost.accept("the manager interface at " + who() + ": " + reason);
    }
  }

  private void take(Packet packet) {
    Asked one = asked.get(packet.get("ActionID"));
    if (packet.get("Event").equals("FullyBooted")) {
      booted.complete(packet);
    } else if (one == null) {
      if (!packet.get("Event").isEmpty()) {
        events.accept(packet);
      }
    } else {
      one.parts.add(packet);
      boolean more = packet.get("EventList").equals("start") || packet.get("EventList").isEmpty();
      boolean listing = one.parts.getFirst().get("EventList").equals("start");
      if (!listing || !more) {
        one.answer.complete(List.copyOf(one.parts));
      }
    }
  }

  private Packet packet(InputStream in) throws IOException {
    Map<String, String> fields = new HashMap<>();
    List<String> output = new ArrayList<>();
    int lines = 0;
    for (String line = line(in); !line.isEmpty() || lines == 0; line = line(in)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      if (name.equals("Output")) {
        output.add(value);
      } else {
        fields.put(name, value);
      }
      if (++lines > MOST_LINES) {
        throw new IOException("it sent a message of more than " + MOST_LINES + " lines");
      }
    }
    return new Packet(fields, output);
  }

  private String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    while (true) {
      int next = next(in);
      if (next == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("it sent a line of more than " + LONGEST_LINE + " bytes");
      }
    }
  }

  /** Silence is broken by a ping of ours; silence after that is the end. */
  private int next(InputStream in) throws IOException {
    for (int silences = 0; silences < 3; silences++) {
      try {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("it ended the connection");
        }
        return next;
      } catch (SocketTimeoutException silence) {
        send("Action: Ping\r\n\r\n");
      }
    }
    throw new IOException("it gave no sign of life");
  }

  private void send(String text) throws IOException {
    writing.lock();
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } finally {
      writing.unlock();
    }
  }

  private static String line(String value) {
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new Fault.BadRequest("'" + Fault.excerpt(value) + "' holds a line break.");
    }
    return value;
  }

  private Fault gone(@Nullable Throwable cause) {
    return new Fault.OutcomeUnknown(
        "The connection to Asterisk's manager interface at " + who() + " was lost.", cause);
  }

  private Fault unanswered(String action, Throwable failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return cause instanceof Fault fault
        ? fault
        : new Fault.OutcomeUnknown(
            "Asterisk's manager interface at %s did not answer %s in time."
                .formatted(who(), action),
            cause);
  }

  private String who() {
    return config.host() + ":" + config.port();
  }
}
