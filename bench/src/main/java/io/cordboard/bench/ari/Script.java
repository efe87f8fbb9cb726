package io.cordboard.bench.ari;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The events of one call as an Asterisk 22 told them, with names in braces where calls differ. Made from a
 * recording of a real call: a caller by SIP, a SIP phone, both put into a bridge.
 */
final class Script {
  /** What happens, in the order of the recording. */
  enum Scene {
    ARRIVES,
    RINGS,
    ANSWERS,
    OPENS,
    CUSTOMER_JOINS,
    AGENT_JOINS,
    BRIDGED,
    CUSTOMER_LEAVES,
    AGENT_LEAVES,
    BRIDGE_ENDS
  }

  /** Text and names in turn, beginning with text. */
  private record Event(List<String> parts) {
    static Event of(String json) {
      return new Event(List.of(json.split("\\{(?=[a-z-]+})|(?<=\\{[a-z-]{1,30})}", -1)));
    }

    String with(UnaryOperator<String> values) {
      StringBuilder text = new StringBuilder(1400);
      for (int i = 0; i < parts.size(); i++) {
        text.append(i % 2 == 0 ? parts.get(i) : values.apply(parts.get(i)));
      }
      return text.toString();
    }
  }

  private final Map<Scene, List<Event>> scenes = new EnumMap<>(Scene.class);

  private Script() {}

  static Script load() {
    Script script = new Script();
    try (InputStream in = Script.class.getResourceAsStream("call.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        String name = line.substring(0, space).toUpperCase(Locale.ROOT).replace('-', '_');
        script
            .scenes
            .computeIfAbsent(Scene.valueOf(name), scene -> new ArrayList<>())
            .add(Event.of(line.substring(space + 1)));
      }
    } catch (IOException e) {
      throw new IllegalStateException("The recorded call cannot be read.", e);
    }
    return script;
  }

  /** The scene's events. */
  List<String> play(Scene scene, UnaryOperator<String> values) {
    return scenes.getOrDefault(scene, List.of()).stream().map(event -> event.with(values)).toList();
  }
}
