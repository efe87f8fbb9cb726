package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a real Asterisk 22 sent, line by line, and what the adapter makes of it. */
final class Wire {
  static final long EPOCH = 1;

  final Legs legs = new Legs();
  final AriTranslator translator = new AriTranslator("asterisk", EPOCH);

  Wire(String... dialled) {
    for (String channel : dialled) {
      legs.dialled(channel);
    }
  }

  static List<byte[]> lines(String name) {
    try (InputStream in = Wire.class.getResourceAsStream("/wire/" + name + ".jsonl")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All signals, as the link would tell them. */
  List<SwitchSignal> told(String name) {
    List<SwitchSignal> told = new ArrayList<>();
    for (byte[] line : lines(name)) {
      SwitchSignal signal = one(line);
      if (signal != null) {
        told.add(signal);
      }
    }
    return told;
  }

  /** One event as the link would tell it: an unknown one with its text. */
  SwitchSignal told(byte[] line) {
    SwitchSignal signal = one(line);
    AriEvent event = AriEvent.read(line);
    return signal instanceof SwitchSignal.Unknown && event != null
        ? translator.unknown(event, line)
        : signal;
  }

  SwitchSignal one(byte[] line) {
    if (AriEvent.isNoise(line)) {
      return null;
    }
    AriEvent event = AriEvent.read(line);
    if (event == null) {
      return translator.unreadable(line);
    }
    SwitchSignal signal = translator.translate(event, legs.note(event));
    if (signal instanceof Happened(CallEvent.LegArrived arrived)) {
      legs.arrived(event.channel);
    } else if (signal instanceof Happened(LegEnded ended)) {
      legs.ended(ended.leg().channel());
    }
    return signal;
  }

  List<CallEvent> events(String name) {
    return told(name).stream()
        .filter(Happened.class::isInstance)
        .map(signal -> ((Happened) signal).event())
        .toList();
  }
}
