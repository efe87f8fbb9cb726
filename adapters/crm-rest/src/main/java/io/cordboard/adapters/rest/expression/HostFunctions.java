package io.cordboard.adapters.rest.expression;

import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The functions that formulas have from us. */
public final class HostFunctions {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final Set<String> CLOSED = Set.of("eval", "pad", "now", "millis", "random", "shuffle");

  private final Map<String, Function> functions = new TreeMap<>();
  private final Numbers numbers;
  private final Times times;
  private final Map<String, Supplier<Table>> tables;

  /** One of them; a part that is not there is {@link Missing#MISSING}. */
  interface Function {
    @Nullable Object call(List<@Nullable Object> given);
  }

  /**
   * With what a file defines.
   *
   * @param tables by their names; asked each time, since some are read from the system
   */
  public HostFunctions(Numbers numbers, Times times, Map<String, Supplier<Table>> tables) {
    this.numbers = numbers;
    this.times = times;
    this.tables = tables;
    functions.put("string", this::string);
    functions.put("exists", given -> part(given, 0) != Missing.MISSING);
    functions.put("phone", this::phone);
    functions.put("time", given -> whole(part(given, 0)) ? time(given) : Missing.MISSING);
    functions.put("render", given -> whole(part(given, 0)) ? render(given) : Missing.MISSING);
    functions.put("duration", given -> whole(part(given, 0)) ? duration(given) : Missing.MISSING);
    functions.put("table", this::table);
    functions.put("ours", this::ours);
    functions.put("hmac", given -> hmac(text(given, 0), text(given, 1), text(given, 2), text(given, 3)));
    functions.put("quote", given -> whole(part(given, 0)) ? quote(text(given, 0), text(given, 1)) : Missing.MISSING);
    functions.put("decimal", this::decimal);
  }

  /** By their names without the dollar sign. */
  Map<String, Function> all() {
    return functions;
  }

  private Object string(List<@Nullable Object> given) {
    Object value = part(given, 0);
    if (!whole(value)) {
      return Missing.MISSING;
    }
    String text = Texts.of(value);
    return text == null ? JSON.writeValueAsString(value) : text;
  }

  private Object phone(List<@Nullable Object> given) {
    String raw = Texts.filled(part(given, 0));
    String writing = text(given, 1);
    if (!Numbers.isWriting(writing)) {
      throw new Fault.BadRequest(
          "There is no writing '%s' of numbers: use %s.".formatted(Fault.excerpt(writing), Numbers.names()));
    }
    return raw == null ? Missing.MISSING : numbers.written(raw, writing).<Object>map(text -> text).orElse(Missing.MISSING);
  }

  private Object time(List<@Nullable Object> given) {
    Object theirs = part(given, 0);
    return theirs == null || "".equals(theirs) ? Missing.MISSING : Times.iso(times.micros(theirs, text(given, 1)));
  }

  private Object render(List<@Nullable Object> given) {
    String iso = text(given, 0);
    Long micros = Times.ours(iso);
    if (micros == null) {
      throw new Fault.BadRequest("'%s' is no time in ISO 8601 with a Z.".formatted(Fault.excerpt(iso)));
    }
    return times.render(micros, text(given, 1));
  }

  private static Object duration(List<@Nullable Object> given) {
    BigDecimal seconds = Texts.number(part(given, 0));
    if (seconds == null || seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(100_000_000)) > 0) {
      throw new Fault.BadRequest("A duration is a number of seconds that is not negative.");
    }
    long whole = seconds.setScale(0, RoundingMode.HALF_UP).longValue();
    return switch (text(given, 1)) {
      case "ms" -> seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValue();
      case "s" -> whole;
      case "s_text" -> Long.toString(whole);
      case "minutes" -> (whole + 30) / 60;
      case "minutes_up" -> (whole + 59) / 60;
      case "hours" -> whole / 3600;
      case "minutes_rest" -> whole % 3600 / 60;
      case "hh:mm" -> "%02d:%02d".formatted((whole + 30) / 3600, (whole + 30) % 3600 / 60);
      case "mm:ss" -> "%02d:%02d".formatted(whole / 60, whole % 60);
      case "hh:mm:ss" -> "%02d:%02d:%02d".formatted(whole / 3600, whole % 3600 / 60, whole % 60);
      default -> throw new Fault.BadRequest(
          "There is no unit '%s' of durations: use ms, s, s_text, minutes, minutes_up, hours, minutes_rest, hh:mm, mm:ss or hh:mm:ss."
              .formatted(Fault.excerpt(text(given, 1))));
    };
  }

  private @Nullable Object table(List<@Nullable Object> given) {
    Object ours = part(given, 1);
    if (!whole(ours)) {
      return Missing.MISSING;
    }
    return theirs(text(given, 0), text(given, 1));
  }

  /** What stands for a value of ours. */
  public Object theirs(String name, String ours) {
    Table table = tableOf(name);
    Object theirs = table.theirs().getOrDefault(ours, table.otherwise());
    if (theirs == null) {
      throw new Fault.BadRequest(
          "The table '%s' has nothing for '%s': add it, or an '%s'."
              .formatted(name, Fault.excerpt(ours), Table.OTHERWISE));
    }
    return theirs;
  }

  /** Ours for a value of theirs; theirs itself where the table does not know it. */
  public String ours(String name, String theirs) {
    return tableOf(name).ours().getOrDefault(theirs, theirs);
  }

  private Object ours(List<@Nullable Object> given) {
    String theirs = Texts.of(part(given, 1));
    return theirs == null ? Missing.MISSING : ours(text(given, 0), theirs);
  }

  private Table tableOf(String name) {
    Supplier<Table> table = tables.get(name);
    if (table == null) {
      throw new Fault.BadRequest("There is no table '%s' under 'tables'.".formatted(Fault.excerpt(name)));
    }
    return table.get();
  }

  private static String hmac(String method, String encoding, String key, String text) {
    byte[] sum = Hmac.of(method, key.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    return encoding.equals("base64") ? Base64.getEncoder().encodeToString(sum) : HexFormat.of().formatHex(sum);
  }

  private static String quote(String text, String language) {
    return switch (language.toLowerCase(Locale.ROOT)) {
      case "sql", "odata" -> "'" + text.replace("'", "''") + "'";
      case "backslash" -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
      case "double" -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      case "brackets" -> text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace(",", "\\,");
      default -> throw new Fault.BadRequest(
          "There is no way '%s' to quote: use sql, odata, backslash, double or brackets.".formatted(Fault.excerpt(language)));
    };
  }

  private Object decimal(List<@Nullable Object> given) {
    BigDecimal number = Texts.number(part(given, 0));
    return number == null ? Missing.MISSING : number.toPlainString();
  }

  private static boolean whole(@Nullable Object value) {
    return value != null && value != Missing.MISSING;
  }

  private static @Nullable Object part(List<@Nullable Object> given, int at) {
    return at < given.size() ? given.get(at) : Missing.MISSING;
  }

  private static String text(List<@Nullable Object> given, int at) {
    Object value = part(given, at);
    String text = value instanceof BigInteger big ? big.toString() : Texts.of(value);
    if (text == null) {
      throw new Fault.BadRequest("A function of a formula lacks its part number %d, or it is no text.".formatted(at + 1));
    }
    return text;
  }
}
