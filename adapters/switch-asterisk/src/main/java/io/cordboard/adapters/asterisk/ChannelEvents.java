package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lines of {@code cel-custom/Master.csv} as {@code cel_custom.conf} lays them out. Pure. What is no such
 * line is counted and left out; a line that is still being written is left for the next time.
 */
final class ChannelEvents {
  private static final int COLUMNS = 10;
  private static final int LONGEST = 64_000;
  private static final Pattern TIME = Pattern.compile("\\d{9,11}\\.\\d{6}");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private ChannelEvents() {}

  /**
   * One event.
   *
   * @param start where its line begins in the text that was read
   * @param type such as {@code HANGUP}, or the dialplan's own
   * @param at microseconds UTC
   * @param channel the channel's id
   * @param extra JSON, "" for none
   */
  record Event(
      int start,
      String type,
      long at,
      String channel,
      String linkedId,
      String name,
      String caller,
      String exten,
      String extra) {
    /** A text of the extra object; "" when there is none. */
    String extra(String key) {
      if (extra.isEmpty()) {
        return "";
      }
      try {
        return Json.read(extra.getBytes(StandardCharsets.UTF_8)).text(key);
      } catch (Fault.BadRequest notJson) {
        return "";
      }
    }
  }

  /**
   * What a piece of the file tells.
   *
   * @param read how many bytes are whole lines
   */
  record Piece(List<Event> events, int read, int unreadable) {}

  static Piece read(byte[] bytes) {
    List<Event> events = new ArrayList<>();
    int unreadable = 0;
    int start = 0;
    for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
      int length = end - start;
      Event event =
          length > LONGEST
              ? null
              : event(start, new String(bytes, start, length, StandardCharsets.UTF_8));
      if (event != null) {
        events.add(event);
      } else if (length > 0) {
        unreadable++;
      }
      start = end + 1;
    }
    return new Piece(events, start, unreadable);
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Event event(int start, String line) {
    List<String> columns = columns(line);
    if (columns == null || columns.size() != COLUMNS) {
      return null;
    }
    String time = columns.get(1);
    if (!TIME.matcher(time).matches()
        || !CHANNEL.matcher(columns.get(2)).matches()
        || !CHANNEL.matcher(columns.get(3)).matches()) {
      return null;
    }
    int dot = time.indexOf('.');
    long at =
        Long.parseLong(time.substring(0, dot)) * 1_000_000 + Long.parseLong(time.substring(dot + 1));
    return new Event(
        start, columns.get(0), at, columns.get(2), columns.get(3), columns.get(4), columns.get(5),
        columns.get(6), columns.get(9));
  }

  /** Columns in quotes, which stand doubled inside; null for anything else. */
  private static @Nullable List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    int at = 0;
    while (true) {
      if (at >= line.length() || line.charAt(at) != '"') {
        return null;
      }
      StringBuilder column = new StringBuilder();
      at++;
      while (true) {
        int quote = line.indexOf('"', at);
        if (quote < 0) {
          return null;
        }
        column.append(line, at, quote);
        if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
          column.append('"');
          at = quote + 2;
        } else {
          at = quote + 1;
          break;
        }
      }
      columns.add(column.toString());
      if (at == line.length() || line.substring(at).isBlank()) {
        return columns;
      }
      if (line.charAt(at) != ',' || columns.size() > COLUMNS) {
        return null;
      }
      at++;
    }
  }

}
