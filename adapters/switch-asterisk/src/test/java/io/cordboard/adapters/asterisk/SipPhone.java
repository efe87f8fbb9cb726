package io.cordboard.adapters.asterisk;

import io.cordboard.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;

/**
 * A small SIP phone over UDP: registers, calls, rings, is answered, hangs up, holds, presses keys,
 * asks for a transfer; it sends a tone in A-law. For tests on loopback only.
 */
final class SipPhone implements AutoCloseable {
  /** Within this a peer on loopback has answered, or the datagram was lost. */
  private static final long RESEND_NANOS = 400_000_000L;

  private static final byte[] TONE = new byte[160];

  static {
    // a square wave of 400 Hz in A-law
    for (int i = 0; i < TONE.length; i++) {
      TONE[i] = (byte) (i / 10 % 2 == 0 ? 0xa5 : 0x25);
    }
  }

  /** Kept, because a closed socket has none. */
  private final String address;

  private final DatagramSocket sip;
  private final DatagramSocket rtp;
  private final InetSocketAddress server;
  private final Map<String, Talk> talks = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<SipMessage>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger(1);
  private final String registration = UUID.randomUUID().toString();
  private volatile boolean open = true;

  /** A-law (8) or µ-law (0): what it offers. */
  volatile int codec = 8;

  /** What becomes of calls to a number, as a SIP status: 180 rings for ever; 183 speaks before the answer. */
  final Map<String, Integer> fates = new ConcurrentHashMap<>();

  /** Packets that came with something to hear in them. */
  final AtomicInteger heard = new AtomicInteger();

  /** Those of them that carry the tone of another such phone. */
  final AtomicInteger heardTone = new AtomicInteger();

  /** The next sound packet's number; a phone may begin anywhere. */
  volatile int soundNumber;

  /** One dialog. */
  private static final class Talk {
    final String callId;
    final String local;
    volatile String remote;
    volatile String target;
    volatile SipMessage invite;
    volatile String via = "";
    volatile boolean up;
    volatile boolean over;
    volatile boolean early;
    volatile SipMessage refusal;
    volatile InetSocketAddress sound;
    volatile String heard = "";
    final AtomicInteger sequence = new AtomicInteger(100);

    Talk(String callId, String local, String remote, String target) {
      this.callId = callId;
      this.local = local;
      this.remote = remote;
      this.target = target;
    }
  }

  SipPhone(String address, int port, int serverPort) {
    this.address = address;
    try {
      InetAddress here = InetAddress.getByName(address);
      sip = new DatagramSocket(port, here);
      rtp = new DatagramSocket(0, here);
      server = new InetSocketAddress("127.0.0.1", serverPort);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofPlatform().daemon().name("sip-" + address).start(this::listen);
    Thread.ofPlatform().daemon().name("rtp-" + address).start(this::hum);
    Thread.ofPlatform().daemon().name("ear-" + address).start(this::hear);
  }

  // ---- what people do

  void register(String extension, String password, boolean registered) {
    String expires = registered ? "120" : "0";
    SipMessage challenge = ask(registration(extension, expires, ""));
    SipMessage answer =
        challenge.status() == 401
            ? ask(registration(extension, expires, challenge.answerTo401("REGISTER", "sip:127.0.0.1", extension, password)))
            : challenge;
    if (answer.status() != 200) {
      throw new AssertionError("REGISTER of " + extension + ": " + answer.start());
    }
  }

  /** Dials; returns when the switch has begun to work on it. */
  String call(String from, String to, String more) {
    String callId = UUID.randomUUID().toString();
    String local = "<sip:%s@%s>;tag=%s".formatted(from, here(), UUID.randomUUID());
    String target = "sip:%s@127.0.0.1:%d".formatted(to, server.getPort());
    Talk talk = new Talk(callId, local, "<" + target + ">", target);
    talks.put(callId, talk);
    talk.via = via();
    ask(withVia(talk, request(talk, "INVITE", 1, more + sdpHeader(), sdp("sendrecv"))));
    return callId;
  }

  /** Dials as an extension with its password; returns when the switch has begun to work on it. */
  String dial(String extension, String password, String number) {
    String callId = call(extension, number, "");
    Talk talk = talks.get(callId);
    SipMessage challenge = Await.until("a challenge", () -> talk.refusal, it -> it != null);
    talk.refusal = null;
    talk.over = false;
    talk.remote = "<" + talk.target + ">";
    String answer = challenge.answerTo401("INVITE", talk.target, extension, password);
    ask(request(talk, "INVITE", 2, answer + sdpHeader(), sdp("sendrecv")));
    return callId;
  }

  /** Returns when a call that it dialled is answered. */
  void awaitAnswer(String callId) {
    Await.until("the call is answered", () -> talks.get(callId).up);
  }

  /** The status with which a call was refused. */
  int refused(String callId) {
    Talk talk = talks.get(callId);
    return Await.until("it is refused", () -> talk.refusal, it -> it != null).status();
  }

  /** The call that rings here. */
  String rings() {
    return Await.until(
        "a call rings",
        () -> talks.values().stream().filter(it -> it.invite != null).findFirst(),
        Optional::isPresent).orElseThrow().callId;
  }

  /** Answers; returns when the switch knows. */
  void lift(String callId) {
    Talk talk = ringing(callId);
    reply(talk.invite, 200, "OK", sdp("sendrecv"), talk);
    Await.until("the answer is confirmed", () -> talk.up);
  }

  void decline(String callId, int status) {
    Talk talk = ringing(callId);
    talk.over = true;
    reply(talk.invite, status, "No", "", talk);
  }

  /** Hangs up, gives up or declines. */
  void putDown(String callId) {
    Talk talk = Await.until("the phone has the call", () -> talks.get(callId), it -> it != null);
    if (talk.up) {
      talk.over = true;
      ask(request(talk, "BYE", talk.sequence.incrementAndGet(), "", ""));
    } else if (talk.invite == null) {
      ask(withVia(talk, request(talk, "CANCEL", 1, "", "")));
    } else {
      decline(callId, 486);
    }
  }

  void hold(String callId, boolean held) {
    Talk talk = talks.get(callId);
    int number = talk.sequence.incrementAndGet();
    String direction = held ? "sendonly" : "sendrecv";
    SipMessage answer = ask(request(talk, "INVITE", number, sdpHeader(), sdp(direction)));
    if (answer.status() != 200) {
      throw new AssertionError("re-INVITE: " + answer.start());
    }
  }

  void press(String callId, String digits) {
    Talk talk = talks.get(callId);
    for (String digit : digits.split("")) {
      String body = "Signal=" + digit + "\r\nDuration=100\r\n";
      ask(
          request(
              talk,
              "INFO",
              talk.sequence.incrementAndGet(),
              "Content-Type: application/dtmf-relay\r\n",
              body));
    }
  }

  /** Asks for a blind transfer; returns the switch's answer to the wish. */
  int refer(String callId, String target) {
    return refer(callId, new Wish(target, ""));
  }

  private record Wish(String target, String more) {}

  private int refer(String callId, Wish wish) {
    Talk talk = talks.get(callId);
    String header = "Refer-To: <sip:" + wish.target + "@127.0.0.1" + wish.more + ">\r\n";
    return ask(request(talk, "REFER", talk.sequence.incrementAndGet(), header, "")).status();
  }

  /** Asks to put the other side of one call together with that of another one. */
  int refer(String callId, String target, String consultation) {
    Talk other = talks.get(consultation);
    String replaces =
        "%s;to-tag=%s;from-tag=%s".formatted(consultation, tag(other.remote), tag(other.local));
    String more = "?Replaces=" + URLEncoder.encode(replaces, StandardCharsets.UTF_8);
    return refer(callId, new Wish(target, more));
  }

  private static String tag(String header) {
    return header.substring(header.indexOf(";tag=") + 5);
  }

  /** The INVITE that rings here with this Call-ID. */
  SipMessage invite(String callId) {
    return ringing(callId).invite;
  }

  /** Keys that came to this call so far. */
  String heardKeys(String callId) {
    return talks.get(callId).heard;
  }

  boolean over(String callId) {
    Talk talk = talks.get(callId);
    return talk != null && talk.over;
  }

  @Override
  public void close() {
    open = false;
    sip.close();
    rtp.close();
  }

  private Talk ringing(String callId) {
    return Await.until(
        "the phone rings", () -> talks.get(callId), talk -> talk != null && talk.invite != null);
  }

  // ---- messages out

  private record Request(String id, String text) {}

  private SipMessage ask(Request request) {
    CompletableFuture<SipMessage> answer = new CompletableFuture<>();
    asked.put(request.id, answer);
    long deadline = System.nanoTime() + Await.limit().toNanos();
    while (!answer.isDone() && System.nanoTime() < deadline) {
      send(request.text);
      long until = System.nanoTime() + RESEND_NANOS;
      while (!answer.isDone() && System.nanoTime() < until) {
        LockSupport.parkNanos(500_000);
      }
    }
    asked.remove(request.id);
    return answer.getNow(new SipMessage("SIP/2.0 408 nobody answered " + request.id, "", ""));
  }

  private Request request(Talk talk, String method, int number, String more, String body) {
    String text =
        method
            + " "
            + talk.target
            + " SIP/2.0\r\n"
            + via()
            + "From: "
            + talk.local
            + "\r\nTo: "
            + talk.remote
            + "\r\nCall-ID: "
            + talk.callId
            + "\r\nCSeq: "
            + number
            + " "
            + method
            + "\r\nContact: <sip:"
            + here()
            + ">\r\nMax-Forwards: 70\r\n"
            + more
            + "Content-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body;
    return new Request(talk.callId + " " + number + " " + method, text);
  }

  /** A CANCEL is told by its branch which INVITE it means. */
  private static Request withVia(Talk talk, Request request) {
    String text = request.text.replaceFirst("Via: [^\n]*\n", Matcher.quoteReplacement(talk.via));
    return new Request(request.id, text);
  }

  private Request registration(String extension, String expires, String more) {
    Talk talk =
        new Talk(
            registration + extension,
            "<sip:%s@127.0.0.1>;tag=%s".formatted(extension, UUID.randomUUID()),
            "<sip:%s@127.0.0.1>".formatted(extension),
            "sip:127.0.0.1");
    Request plain =
        request(
            talk, "REGISTER", numbers.incrementAndGet(), "Expires: " + expires + "\r\n" + more, "");
    String contact = "Contact: <sip:" + extension + "@" + here() + ">";
    return new Request(plain.id, plain.text.replaceFirst("Contact: [^\r]*", contact));
  }

  private void reply(SipMessage to, int status, String reason, String body, Talk talk) {
    StringBuilder text = new StringBuilder("SIP/2.0 " + status + " " + reason + "\r\n");
    to.headers("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
    text.append("From: ").append(to.header("From")).append("\r\nTo: ");
    String local = to.header("To");
    text.append(local.contains(";tag=") || talk == null ? local : talk.local);
    text.append("\r\nCall-ID: ").append(to.header("Call-ID"));
    text.append("\r\nCSeq: ").append(to.header("CSeq"));
    text.append("\r\nContact: <sip:").append(here()).append(">\r\n");
    text.append(body.isEmpty() ? "" : sdpHeader());
    text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    send(text.toString());
  }

  private void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      sip.send(new DatagramPacket(bytes, bytes.length, server));
    } catch (IOException closed) {
      // a port that is closed for a moment: it is sent again
    }
  }

  private String via() {
    return "Via: SIP/2.0/UDP %s;rport;branch=z9hG4bK%s\r\n".formatted(here(), UUID.randomUUID());
  }

  private String here() {
    return address + ":" + sip.getLocalPort();
  }

  private static String sdpHeader() {
    return "Content-Type: application/sdp\r\n";
  }

  private String sdp(String direction) {
    return "v=0\r\no=- 1 %d IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP %d\r\na=rtpmap:%d %s/8000\r\na=%s\r\n"
        .formatted(
            numbers.incrementAndGet(),
            address,
            address,
            rtp.getLocalPort(),
            codec,
            codec,
            codec == 8 ? "PCMA" : "PCMU",
            direction);
  }

  // ---- messages in

  private void listen() {
    byte[] buffer = new byte[16_384];
    while (open) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        sip.receive(packet);
        byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
        take(SipMessage.of(new String(bytes, StandardCharsets.UTF_8)));
      } catch (IOException refused) {
        // nobody listened for a moment; the loop ends with open
      }
    }
  }

  private void take(SipMessage message) {
    if (message.status() > 0) {
      answered(message);
      return;
    }
    Talk talk = talks.get(message.header("Call-ID"));
    switch (message.method()) {
      case "INVITE" -> invited(message, talk);
      case "ACK" -> {
        if (talk != null) {
          talk.up = !talk.over;
        }
      }
      case "BYE" -> {
        reply(message, 200, "OK", "", talk);
        end(talk);
      }
      case "CANCEL" -> {
        reply(message, 200, "OK", "", talk);
        if (talk != null && !talk.over) {
          reply(talk.invite, 487, "Terminated", "", talk);
        }
        end(talk);
      }
      case "INFO" -> {
        if (talk != null) {
          talk.heard += message.key();
        }
        reply(message, 200, "OK", "", talk);
      }
      default -> reply(message, 200, "OK", "", talk);
    }
  }

  private static void end(Talk talk) {
    if (talk != null) {
      talk.over = true;
    }
  }

  private void invited(SipMessage invite, Talk known) {
    if (known != null && known.up) {
      reply(invite, 200, "OK", sdp("sendrecv"), known);
      return;
    }
    String callId = invite.header("Call-ID");
    Talk talk =
        talks.computeIfAbsent(
            callId,
            id ->
                new Talk(
                    id,
                    invite.header("To") + ";tag=" + UUID.randomUUID(),
                    invite.header("From"),
                    invite.address("Contact")));
    talk.invite = invite;
    talk.sound = invite.sound();
    reply(invite, 100, "Trying", "", talk);
    int fate = fates.getOrDefault(invite.user(), 180);
    if (fate >= 400) {
      decline(callId, fate);
      return;
    }
    reply(invite, 180, "Ringing", "", talk);
    if (fate == 183) {
      talk.early = true;
      reply(invite, 183, "Session Progress", sdp("sendrecv"), talk);
    } else if (fate == 200) {
      reply(invite, 200, "OK", sdp("sendrecv"), talk);
    }
  }

  private void answered(SipMessage answer) {
    String sequence = answer.header("CSeq");
    String id = answer.header("Call-ID") + " " + sequence;
    Talk talk = talks.get(answer.header("Call-ID"));
    if (talk != null && sequence.endsWith("INVITE") && answer.status() >= 200) {
      acknowledge(talk, answer, Integer.parseInt(sequence.split(" ")[0]));
    }
    boolean reinvite = talk != null && talk.up && sequence.endsWith("INVITE");
    CompletableFuture<SipMessage> waiting = asked.get(id);
    if (waiting != null && (answer.status() >= 200 || sequence.endsWith("INVITE") && !reinvite)) {
      waiting.complete(answer);
    }
  }

  private void acknowledge(Talk talk, SipMessage answer, int number) {
    talk.remote = answer.header("To");
    if (answer.status() < 300) {
      talk.target = answer.address("Contact");
      talk.sound = answer.sound();
      send(request(talk, "ACK", number, "", "").text);
      talk.up = true;
    } else {
      String via = answer.header("Via");
      String ack = request(talk, "ACK", number, "", "").text;
      send(ack.replaceFirst("Via: [^\r]*", Matcher.quoteReplacement("Via: " + via)));
      talk.over |= !talk.up;
      talk.refusal = answer;
    }
  }

  // ---- sound

  private void hum() {
    long next = System.nanoTime();
    while (open) {
      int number = ++soundNumber;
      for (Talk talk : talks.values()) {
        InetSocketAddress sound = talk.sound;
        if ((talk.up || talk.early) && !talk.over && sound != null) {
          frame(number, sound);
        }
      }
      next += 20_000_000;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void hear() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    while (open) {
      try {
        rtp.receive(packet);
        listenTo(packet);
      } catch (IOException closed) {
        // the loop ends with open
      }
    }
  }

  private void listenTo(DatagramPacket packet) {
    HeardSound sound = HeardSound.in(packet);
    if (sound.isSomething()) {
      heard.incrementAndGet();
    }
    if (sound.isTone()) {
      heardTone.incrementAndGet();
    }
  }

  private void frame(int number, InetSocketAddress to) {
    ByteBuffer packet = ByteBuffer.allocate(12 + TONE.length);
    packet.put((byte) 0x80).put((byte) 8).putShort((short) number).putInt(number * 160).putInt(1);
    packet.put(TONE);
    try {
      rtp.send(new DatagramPacket(packet.array(), packet.capacity(), to));
    } catch (IOException closed) {
      // the other side has hung up
    }
  }
}
