package io.cordboard.bench.ari;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** The switch's end of the WebSocket on which events go out. Any thread sends; each event is one write. */
final class EventSocket {
  private final OutputStream out;
  private final LongAdder sent;

  EventSocket(OutputStream out, LongAdder sent) {
    this.out = out;
    this.sent = sent;
  }

  void event(String json) {
    sent.increment();
    try {
      frame(1, json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // whoever listened is gone: a switch does not mind
    }
  }

  private synchronized void frame(int opcode, byte[] payload) throws IOException {
    int length = payload.length;
    int extra = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
    byte[] frame = new byte[2 + extra + length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (extra == 0 ? length : extra == 2 ? 126 : 127);
    for (int i = 0; i < extra; i++) {
      frame[2 + i] = (byte) ((long) length >>> (8 * (extra - 1 - i)));
    }
    System.arraycopy(payload, 0, frame, 2 + extra, length);
    out.write(frame);
    out.flush();
  }

  /** Reads until the other side closes; a text is a request, what comes back is sent. */
  void run(DataInputStream in, UnaryOperator<String> requests) throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      byte[] payload = payload(in);
      switch (opcode) {
        case 1 -> frame(1, answer(requests, payload));
        case 8 -> {
          frame(8, payload);
          return;
        }
        case 9 -> frame(10, payload);
        default -> {}
      }
    }
  }

  private static byte[] answer(UnaryOperator<String> requests, byte[] payload) {
    return requests
        .apply(new String(payload, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] payload(DataInputStream in) throws IOException {
    int second = in.readUnsignedByte() & 0x7f;
    int length =
        switch (second) {
          case 126 -> in.readUnsignedShort();
          case 127 -> Math.toIntExact(in.readLong());
          default -> second;
        };
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }
}
