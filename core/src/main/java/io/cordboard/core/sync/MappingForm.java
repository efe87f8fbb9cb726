package io.cordboard.core.sync;

import io.cordboard.core.sync.FieldRule.Way;
import io.cordboard.core.sync.FieldRule.Wins;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.DescribeFields.Type;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Mappings as files and pages have them: a list of {@code {ours, theirs, way, convert, wins, table}}. */
public final class MappingForm {
  private static final Map<String, Conversion> CONVERSIONS =
      new TreeMap<>(
          Map.of(
              "as-is", Conversion.AS_IS, "phones", Conversion.PHONES, "first-phone", Conversion.FIRST_PHONE, "emails",
              Conversion.EMAILS, "first-email", Conversion.FIRST_EMAIL, "seconds", Conversion.SECONDS, "day", Conversion.DAY));
  private static final Set<String> KEYS = Set.of("ours", "theirs", "way", "convert", "wins", "table");

  private MappingForm() {}

  /** What was read, and what is wrong with it. */
  public record Read(List<FieldRule> rules, List<Mistake> mistakes) {
    /**
     * The rules, where nothing is wrong.
     *
     * @throws Fault.BadRequest naming each place
     */
    public List<FieldRule> orThrow() {
      if (!mistakes.isEmpty()) {
        throw new Fault.BadRequest(
            String.join(
                " ", mistakes.stream().map(mistake -> mistake.path() + ": " + mistake.words()).limit(20).toList()));
      }
      return rules;
    }
  }

  /**
   * Reads a list.
   *
   * @param theirs the fields that the system has; empty where it cannot tell
   */
  public static Read read(String path, @Nullable Object list, RecordKind kind, List<Field> theirs) {
    List<Mistake> mistakes = new ArrayList<>();
    List<FieldRule> rules = new ArrayList<>();
    if (!(list instanceof List<?> lines)) {
      mistakes.add(new Mistake(path, "It has to be a list of lines with 'ours' and 'theirs'."));
      return new Read(rules, mistakes);
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String place = path + "[" + i + "]";
      if (!(lines.get(i) instanceof Map<?, ?> line)) {
        mistakes.add(new Mistake(place, "It has to be a line with 'ours' and 'theirs'."));
        continue;
      }
      FieldRule rule = new Line(place, line, kind, theirs, mistakes).rule();
      if (rule != null) {
        if (!seen.add("ours " + rule.ours()) || !seen.add("theirs " + rule.theirs())) {
          mistakes.add(new Mistake(place, "A field stands in two lines: each goes with one of the other side."));
        }
        rules.add(rule);
      }
    }
    return new Read(rules, mistakes);
  }

  private record Line(String path, Map<?, ?> line, RecordKind kind, List<Field> fields, List<Mistake> mistakes) {
    @Nullable FieldRule rule() {
      line.keySet().stream()
          .filter(key -> !KEYS.contains(String.valueOf(key)))
          .forEach(key -> wrong("." + Fault.excerpt(String.valueOf(key)), "There is no such key; use " + sorted(KEYS) + "."));
      String ours = text("ours");
      String theirs = text("theirs");
      OurFields.Field here = OurFields.find(kind, ours).orElse(null);
      if (here == null) {
        wrong(
            ".ours",
            "We have no field '%s' in records of kind '%s'; there are %s."
                .formatted(
                    Fault.excerpt(ours), kind.word(),
                    String.join(", ", OurFields.of(kind).stream().map(OurFields.Field::name).toList())));
      }
      Field there = fields.stream().filter(field -> field.name().equals(theirs)).findFirst().orElse(null);
      if (theirs.isEmpty() || (!fields.isEmpty() && there == null)) {
        wrong(".theirs", "The system has no field '%s'.".formatted(Fault.excerpt(theirs)));
      }
      Way way = one("way", Way.values(), usualWay(kind, ours, there));
      Wins wins = one("wins", Wins.values(), way == Way.OUT ? Wins.THEIRS : Wins.NEWER);
      if (there != null && there.readOnly() && way != Way.IN) {
        wrong(".way", "'%s' can only be read: use 'in'.".formatted(theirs));
      }
      Conversion conversion = conversion(here, there);
      return here == null || conversion == null ? null : new FieldRule(ours, theirs, way, conversion, wins);
    }

    private @Nullable Conversion conversion(OurFields.@Nullable Field here, @Nullable Field there) {
      Object table = line.get("table");
      if (table instanceof Map<?, ?> lines && !lines.isEmpty()) {
        return table(here, lines);
      }
      if (table != null) {
        wrong(".table", "It has to be a table of values of ours with their counterparts.");
        return null;
      }
      Object asked = line.get("convert");
      if (asked == null) {
        return here == null ? Conversion.AS_IS : usual(here, there);
      }
      Conversion conversion = CONVERSIONS.get(String.valueOf(asked));
      if (conversion == null) {
        wrong(".convert", "There is no such conversion; use %s, or a table.".formatted(sorted(CONVERSIONS.keySet())));
      } else if (here != null && !fits(conversion, here)) {
        wrong(".convert", "'%s' does not go with '%s'.".formatted(asked, here.name()));
      }
      return conversion;
    }

    private static boolean fits(Conversion conversion, OurFields.Field here) {
      return switch (conversion) {
        case Conversion.Phones _ -> here.name().equals("phones") || here.name().equals("number");
        case Conversion.Emails _ -> here.name().equals("emails");
        case Conversion.Seconds _, Conversion.Day _ -> here.type() == Type.TIME;
        case Conversion.AsIs _, Conversion.Table _ -> true;
      };
    }

    private Conversion table(OurFields.@Nullable Field here, Map<?, ?> lines) {
      Map<String, String> table = new LinkedHashMap<>();
      lines.forEach((ours, theirs) -> table.put(String.valueOf(ours), String.valueOf(theirs)));
      if (here != null && !here.options().isEmpty()) {
        here.options().stream()
            .filter(option -> !table.containsKey(option))
            .forEach(option -> wrong(".table", "It lacks a line for our '%s'.".formatted(option)));
        table.keySet().stream()
            .filter(ours -> !here.options().contains(ours))
            .forEach(ours -> wrong(".table", "We have no '%s'; there are %s.".formatted(Fault.excerpt(ours), here.options())));
      }
      return new Conversion.Table(table);
    }

    private String text(String key) {
      Object value = line.get(key);
      if (!(value instanceof String text) || text.isBlank()) {
        wrong("." + key, "A name of a field is missing.");
        return "";
      }
      return text.strip();
    }

    private <E extends Enum<E>> E one(String key, E[] all, E usual) {
      Object value = line.get(key);
      if (value == null) {
        return usual;
      }
      for (E one : all) {
        if (one.name().toLowerCase(Locale.ROOT).equals(value)) {
          return one;
        }
      }
      wrong("." + key, "'%s' is not known here.".formatted(Fault.excerpt(String.valueOf(value))));
      return usual;
    }

    private void wrong(String place, String words) {
      mistakes.add(new Mistake(path + place, words));
    }

    private static String sorted(Set<String> words) {
      return String.join(", ", words.stream().sorted().toList());
    }
  }

  /** What goes with what by the adapter's own word. */
  public static List<FieldRule> usual(RecordKind kind, List<Field> theirs) {
    List<FieldRule> rules = new ArrayList<>();
    for (Field field : theirs) {
      OurFields.Field ours = field.suits() == null ? null : OurFields.find(kind, field.suits()).orElse(null);
      if (ours != null && rules.stream().noneMatch(rule -> rule.ours().equals(ours.name()))) {
        Way way = usualWay(kind, ours.name(), field);
        rules.add(
            new FieldRule(
                ours.name(), field.name(), way, usual(ours, field), way == Way.BOTH ? Wins.NEWER : Wins.THEIRS));
      }
    }
    return rules;
  }

  private static Way usualWay(RecordKind kind, String ours, @Nullable Field theirs) {
    if (theirs != null && theirs.readOnly()) {
      return Way.IN;
    }
    boolean oursAlone =
        kind == RecordKind.INTERACTION || (kind == RecordKind.TASK && !ours.equals("state") && !ours.equals("due"));
    return oursAlone ? Way.OUT : Way.BOTH;
  }

  private static Conversion usual(OurFields.Field ours, @Nullable Field theirs) {
    boolean several = theirs != null && theirs.type() == Type.TEXTS;
    return switch (ours.name()) {
      case "phones" -> several ? Conversion.PHONES : Conversion.FIRST_PHONE;
      case "emails" -> several ? Conversion.EMAILS : Conversion.FIRST_EMAIL;
      default ->
          ours.type() != Type.TIME
              ? Conversion.AS_IS
              : theirs != null && theirs.type() == Type.DATE ? Conversion.DAY : Conversion.SECONDS;
    };
  }

  /** A rule as a line. */
  public static Map<String, Object> line(FieldRule rule) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("ours", rule.ours());
    line.put("theirs", rule.theirs());
    line.put("way", rule.way().name().toLowerCase(Locale.ROOT));
    line.put("wins", rule.wins().name().toLowerCase(Locale.ROOT));
    if (rule.conversion() instanceof Conversion.Table(Map<String, String> lines)) {
      line.put("table", new TreeMap<>(lines));
    } else {
      CONVERSIONS.forEach(
          (word, conversion) -> {
            if (conversion.equals(rule.conversion())) {
              line.put("convert", word);
            }
          });
    }
    return line;
  }
}
