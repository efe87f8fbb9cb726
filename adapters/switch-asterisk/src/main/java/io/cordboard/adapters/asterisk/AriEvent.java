package io.cordboard.adapters.asterisk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * What we need of one event, read as a stream: everything else is skipped. One event is about one
 * channel (a bridge event also names its bridge).
 */
final class AriEvent {
  private static final byte[] TYPE = "\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final String PLAY_TARGET = "channel:";
  private static final int TYPE_WITHIN = 400;

  /** Told several times a call and never needed; where Asterisk takes our filter, never sent. */
  static final Set<String> NOISE =
      Set.of(
          "ChannelVarset",
          "ChannelDialplan",
          "ChannelConnectedLine",
          "ChannelCallerId",
          "ChannelCreated",
          "ChannelToneDetected",
          "Dial",
          "BridgeCreated",
          "BridgeDestroyed",
          "BridgeMerged",
          "BridgeVideoSourceChanged",
          "PlaybackStarted",
          "PlaybackContinuing",
          "ChannelTalkingStarted",
          "ChannelTalkingFinished",
          "EndpointStateChange",
          "PeerStatusChange",
          "ContactStatusChange",
          "ApplicationRegistered",
          "ApplicationUnregistered",
          "ApplicationMoveFailed");

  private static final byte[][] NOISE_BYTES =
      NOISE.stream()
          .map(type -> (type + "\"").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  String type = "";
  long at;
  @Nullable AriChannel channel;
  List<String> args = List.of();
  boolean replacesChannel;
  @Nullable String bridge;
  @Nullable String digit;
  int cause;
  int sip;
  boolean soft;
  String causeText = "";
  String playId = "";
  String playState = "";
  String playTarget = "";
  String device = "";
  String deviceState = "";
  String transferTarget = "";
  @Nullable String transferReplaces;
  String transferState = "";

  private AriEvent() {}

  /** The channel that it is about; null for a bridge's or the application's own. */
  @Nullable String channelId() {
    if (channel != null) {
      return channel.id;
    }
    return playTarget.startsWith(PLAY_TARGET) ? playTarget.substring(PLAY_TARGET.length()) : null;
  }

  /** Whether these bytes are an event that nobody needs; decided without reading it. */
  static boolean isNoise(byte[] json) {
    return isNoise(json, 0, json.length);
  }

  static boolean isNoise(byte[] json, int offset, int length) {
    int end = offset + length;
    int last = offset + Math.min(length, TYPE_WITHIN) - TYPE.length;
    for (int i = offset; i < last; i++) {
      if (startsAt(json, i, end, TYPE)) {
        return anyStartsAt(json, i + TYPE.length, end);
      }
    }
    return false;
  }

  private static boolean anyStartsAt(byte[] json, int at, int end) {
    for (byte[] noise : NOISE_BYTES) {
      if (startsAt(json, at, end, noise)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] json, int at, int end, byte[] wished) {
    // most candidates differ in the first byte
    return at + wished.length <= end
        && json[at] == wished[0]
        && Arrays.equals(json, at, at + wished.length, wished, 0, wished.length);
  }

  /**
   * Reads an event.
   *
   * @return null when these bytes are no JSON object with a type
   */
  static @Nullable AriEvent read(byte[] json) {
    try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      AriEvent event = new AriEvent();
      event.fields(in);
      return event.type.isEmpty() || in.nextToken() != null ? null : event;
    } catch (JacksonException broken) {
      return null;
    }
  }

  private void fields(JsonParser in) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      switch (name) {
        case "type" -> type = text(in);
        case "timestamp" -> at = micros(text(in));
        case "channel" -> channel = AriChannel.read(in);
        case "args" -> args = texts(in);
        case "replace_channel" -> {
          replacesChannel = value == JsonToken.START_OBJECT;
          in.skipChildren();
        }
        case "bridge" -> bridge = field(in, "id");
        case "digit" -> digit = text(in);
        case "cause" -> cause = in.getValueAsInt();
        case "tech_cause" -> sip = in.getValueAsInt();
        case "soft" -> soft = value == JsonToken.VALUE_TRUE;
        case "cause_txt" -> causeText = text(in);
        case "playback" -> playback(in);
        case "device_state" -> deviceState(in);
        case "refer_to" -> referTo(in);
        case "referred_by" -> referredBy(in);
        case "state" -> transferState = text(in);
        default -> in.skipChildren();
      }
    }
  }

  private void playback(JsonParser in) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "id" -> playId = text(in);
        case "state" -> playState = text(in);
        case "target_uri" -> playTarget = text(in);
        default -> in.skipChildren();
      }
    }
  }

  private void deviceState(JsonParser in) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "name" -> device = text(in);
        case "state" -> deviceState = text(in);
        default -> in.skipChildren();
      }
    }
  }

  private void referTo(JsonParser in) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "requested_destination" -> transferTarget = field(in, "destination");
        case "destination_channel" -> transferReplaces = field(in, "id");
        default -> in.skipChildren();
      }
    }
  }

  private void referredBy(JsonParser in) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      if (name.equals("source_channel")) {
        channel = AriChannel.read(in);
      } else {
        in.skipChildren();
      }
    }
  }

  private static String field(JsonParser in, String wanted) {
    String found = "";
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return found;
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean it = in.currentName().equals(wanted);
      in.nextToken();
      if (it) {
        found = text(in);
      } else {
        in.skipChildren();
      }
    }
    return found;
  }

  private static List<String> texts(JsonParser in) {
    List<String> texts = new ArrayList<>();
    if (in.currentToken() == JsonToken.START_ARRAY) {
      while (in.nextToken() != JsonToken.END_ARRAY) {
        texts.add(text(in));
      }
    }
    return texts;
  }

  /** A scalar as text; an object or array, which should not be there, is skipped. */
  static String text(JsonParser in) {
    JsonToken token = in.currentToken();
    if (token != null && token.isStructStart()) {
      in.skipChildren();
      return "";
    }
    String text = in.getValueAsString();
    return text == null ? "" : text;
  }

  /**
   * {@code 2026-11-26T11:16:55.671+0000} in microseconds, 0 when it is no such time. By hand: the
   * library's parser takes longer than the rest of the event.
   */
  static long micros(String time) {
    if (time.length() < 23) {
      return 0;
    }
    long day = days(digits(time, 0, 4), digits(time, 5, 7), digits(time, 8, 10));
    long seconds =
        day * 86_400
            + digits(time, 11, 13) * 3600L
            + digits(time, 14, 16) * 60L
            + digits(time, 17, 19)
            - offset(time);
    return seconds * 1_000_000 + digits(time, 20, 23) * 1000L;
  }

  private static long offset(String time) {
    if (time.length() < 28) {
      return 0;
    }
    long seconds = digits(time, 24, 26) * 3600L + digits(time, 26, 28) * 60L;
    return time.charAt(23) == '-' ? -seconds : seconds;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }

  /** Days since 1970-01-01 of a date of the Gregorian calendar. */
  private static long days(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }
}
