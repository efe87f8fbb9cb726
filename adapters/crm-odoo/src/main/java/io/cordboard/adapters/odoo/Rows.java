package io.cordboard.adapters.odoo;

import io.cordboard.adapters.odoo.Column.Form;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Odoo's rows as our records. */
final class Rows {
  private static final DateTimeFormatter THEIRS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** The level of which there is no tag. */
  static final String STANDARD = "STANDARD";

  private static final Set<Form> LINKED = EnumSet.of(Form.LINK, Form.TAGS);
  private static final List<String> LEVELS =
      OurFields.find(RecordKind.CUSTOMER, "level").map(OurFields.Field::options).orElse(List.of());

  private Rows() {}

  /**
   * A row as a record.
   *
   * @param tags names of tags by their ids
   * @param ref our id, where the record carries it
   */
  static CrmRecord record(
      Shape shape, JsonNode row, Map<Long, String> tags, String levelTag, @Nullable String ref) {
    String id = id(row);
    long changedAt = Math.multiplyExact(changedAt(row).getEpochSecond(), 1_000_000L);
    SortedMap<String, Value> fields = new TreeMap<>();
    if (shape.goneWhenArchived() && !row.path("active").asBoolean(true)) {
      return CrmRecord.deleted(shape.kind(), id, "archived " + changedAt, changedAt);
    }
    if (shape.kind() == RecordKind.INTERACTION) {
      String body = text(row.path("body"));
      if (Html.text(body).isEmpty()) {
        // this is what is left of a note that a person deleted
        return CrmRecord.deleted(shape.kind(), id, "emptied " + changedAt, changedAt);
      }
      fields.putAll(Notes.read(body));
    }
    for (Column column : shape.columns()) {
      if (column.form() != Form.LINE && column.form() != Form.NUMBER_LINE) {
        fields.put(column.name(), value(column, row.path(column.field()), tags, levelTag));
      }
    }
    String seen =
        shape.kind() == RecordKind.INTERACTION
            ? fields + text(row.path("body"))
            : fields.toString();
    return CrmRecord.live(shape.kind(), id, digest(seen), changedAt, ref, fields);
  }

  static String id(JsonNode row) {
    return String.valueOf(row.path("id").asLong());
  }

  static Instant changedAt(JsonNode row) {
    return time(text(row.path("write_date")));
  }

  private static Value value(
      Column column, JsonNode node, Map<Long, String> tags, String levelTag) {
    return switch (column.form()) {
      case TEXT, CHOICE, DATE -> Value.of(text(node));
      case HTML -> Value.of(Html.text(text(node)));
      case FLAG -> new Value.Flag(node.asBoolean(false));
      case NUMBER -> node.isNumber() ? new Value.Number(number(node)) : Value.EMPTY;
      case TIME -> text(node).isEmpty() ? Value.EMPTY : new Value.Text(time(text(node)).toString());
      case ID, PINNED ->
          node.isIntegralNumber() && node.asLong() != 0 ? Value.of(node.asString()) : Value.EMPTY;
      case LINK -> node.isArray() ? Value.of(node.path(0).asString()) : Value.EMPTY;
      case NAMED -> node.isArray() ? Value.of(node.path(1).asString()) : Value.EMPTY;
      case TAGS ->
          Value.of(
              names(node, tags).stream()
                  .filter(name -> !name.startsWith(levelTag))
                  .sorted()
                  .toList());
      case LEVEL -> level(names(node, tags), levelTag);
      case KIND -> new Value.Text(node.asBoolean(false) ? "COMPANY" : "PERSON");
      case LANGUAGE ->
          text(node).isEmpty() ? new Value.Hidden() : Value.of(Languages.ours(text(node)));
      case DONE -> new Value.Text(node.asBoolean(true) ? "OPEN" : "DONE");
      case LINE, NUMBER_LINE -> Value.EMPTY;
    };
  }

  // who has no tag is nobody special; a level that we do not know says nothing
  private static Value level(List<String> names, String levelTag) {
    Optional<String> tag =
        names.stream().filter(name -> name.startsWith(levelTag)).sorted().findFirst();
    String level =
        tag.map(name -> name.substring(levelTag.length()).strip().toUpperCase(Locale.ROOT))
            .orElse(STANDARD);
    return LEVELS.contains(level) ? new Value.Text(level) : new Value.Hidden();
  }

  private static BigDecimal number(JsonNode node) {
    return node.isIntegralNumber()
        ? BigDecimal.valueOf(node.asLong())
        : BigDecimal.valueOf(node.asDouble());
  }

  private static List<String> names(JsonNode ids, Map<Long, String> tags) {
    return ids.valueStream()
        .map(id -> tags.get(id.asLong()))
        .filter(name -> name != null)
        .map(String.class::cast)
        .toList();
  }

  /** Where nothing stands Odoo says false. */
  static String text(JsonNode node) {
    return node.isString() ? node.asString() : "";
  }

  private static Instant time(String theirs) {
    try {
      return LocalDateTime.parse(theirs, THEIRS).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException unreadable) {
      return Instant.EPOCH;
    }
  }

  /** A time as Odoo writes it, to the second. */
  static String theirs(Instant time) {
    return THEIRS.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
  }

  /**
   * What is imported into a cell so that this stands in the field.
   *
   * @throws Fault.Refused naming the field, when it cannot hold that
   */
  static String cell(Column column, Value value) {
    String text = Notes.text(value);
    if (text.isEmpty()) {
      return "";
    }
    try {
      return switch (column.form()) {
        case TEXT, CHOICE, NAMED, ID, LANGUAGE, LEVEL, DONE, LINE, NUMBER_LINE, TAGS ->
            text.replace("\u0000", "");
        case KIND -> kind(text);
        case HTML -> Html.paragraph(text);
        case FLAG -> yes(text) ? "1" : "0";
        case NUMBER -> new BigDecimal(text).toPlainString();
        case TIME -> theirs(OffsetDateTime.parse(text).toInstant());
        case DATE -> (text.length() == 10 ? LocalDate.parse(text) : day(text)).toString();
        case LINK, PINNED -> String.valueOf(Long.parseLong(text));
      };
    } catch (NumberFormatException | DateTimeException unfit) {
      throw new Fault.Refused(
          "The field '%s' cannot hold '%s': it takes %s."
              .formatted(
                  column.name(),
                  Fault.excerpt(text),
                  column.form().type().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static String kind(String text) {
    return switch (text) {
      case "PERSON" -> "0";
      case "COMPANY" -> "1";
      default -> throw new NumberFormatException(text);
    };
  }

  private static boolean yes(String text) {
    if (text.equals("true") || text.equals("1")) {
      return true;
    }
    if (text.equals("false") || text.equals("0")) {
      return false;
    }
    throw new NumberFormatException(text);
  }

  private static LocalDate day(String time) {
    return OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
  }

  /** The heading under which a field is imported. */
  static String heading(Column column) {
    return LINKED.contains(column.form()) ? column.field() + "/.id" : column.field();
  }

  // the time of the last write is told in seconds only: two writes in one of them would look the
  // same
  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException missing) {
      throw new Fault.Bug("SHA-256 is a part of every Java.", missing);
    }
  }
}
