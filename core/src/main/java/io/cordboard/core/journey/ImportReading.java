package io.cordboard.core.journey;

import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor.Fields;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportRow;
import io.cordboard.core.profile.ImportRow.Link;
import io.cordboard.core.profile.ImportRow.Place;
import io.cordboard.core.profile.ImportRow.Ref;
import io.cordboard.core.profile.ImportRow.Wrong;
import io.cordboard.core.profile.csv.CsvReader.Row;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one file into what can be loaded, and tells what is wrong with the others. One thread. */
final class ImportReading {
  private static final int LONGEST = 200;
  private static final int MOST_TAGS = 30;

  private final ImportKind kind;
  private final ImportMapping mapping;
  private final List<String> headings;
  private final OwnNumbers numbers;
  private final Ids ids;
  private final ZoneId zone;
  private List<Wrong> wrong = List.of();
  private Row row = new Row(0, 0, List.of(), null);

  ImportReading(
      ImportKind kind, ImportMapping mapping, List<String> headings, OwnNumbers numbers, Ids ids) {
    this.kind = kind;
    this.mapping = mapping;
    this.headings = headings;
    this.numbers = numbers;
    this.ids = ids;
    this.zone = ZoneId.of(mapping.zone());
  }

  /** The row, or everything that is wrong with it. */
  Optional<ImportRow> read(Row next, List<Wrong> to) {
    row = next;
    wrong = new ArrayList<>();
    form();
    ImportRow read = wrong.isEmpty() ? content() : null;
    to.addAll(wrong);
    return wrong.isEmpty() ? Optional.ofNullable(read) : Optional.empty();
  }

  private void form() {
    List<String> fields = row.fields();
    if (row.wrong() != null) {
      say("", "", row.wrong());
    }
    if (fields.size() > headings.size()
        && fields.subList(headings.size(), fields.size()).stream().anyMatch(f -> !f.isBlank())) {
      say(
          "", "",
          "It has %d fields, the heading has %d: is a separator in a text without quotes?"
              .formatted(fields.size(), headings.size()));
    }
    for (ImportMapping.Column column : mapping.columns()) {
      String text = cell(column.index());
      if (text.indexOf('\ufffd') >= 0) {
        say(column.index(), text, "It has letters that cannot be read in this encoding.");
      } else if (text.codePoints().anyMatch(c -> Character.isISOControl(c))) {
        say(column.index(), text, "It has a control character in it.");
      } else if (text.length() > LONGEST) {
        say(
            column.index(), text,
            "It has %d characters; %d are allowed.".formatted(text.length(), LONGEST));
      }
    }
  }

  private ImportRow content() {
    return switch (kind) {
      case CUSTOMERS ->
          new ImportRow.Customer(
              place(), new CustomerId(ids.next()), fields(), day("since"), links(), tags());
      case IDENTITIES -> new ImportRow.Links(place(), customer(), someLinks());
      case ORDERS -> new ImportRow.Order(place(), customer(), order());
      case SERVICE -> new ImportRow.Service(place(), customer(), service());
    };
  }

  private Fields fields() {
    String name = required("name");
    return new Fields(
        one("kind", Card.Kind.class, Card.Kind.PERSON), name, language(),
        one("level", Card.ValueLevel.class, Card.ValueLevel.STANDARD));
  }

  private String language() {
    String text = text("language");
    if (!text.isEmpty() && !text.matches("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}")) {
      say("language", "It is no language tag such as zh-CN.");
    }
    return text.isEmpty() ? "zh-CN" : text;
  }

  private <E extends Enum<E>> E one(String target, Class<E> type, E otherwise) {
    String text = text(target).toUpperCase(Locale.ROOT);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    if (!text.isEmpty()) {
      say(target, "It must be one of %s.".formatted(Arrays.toString(type.getEnumConstants())));
    }
    return otherwise;
  }

  private List<String> tags() {
    List<String> tags =
        Arrays.stream(text("tags").split("[,，、;；]"))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .distinct()
            .toList();
    if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > 40)) {
      say("tags", "At most %d tags of 40 characters.".formatted(MOST_TAGS));
    }
    return tags;
  }

  private List<Link> someLinks() {
    List<Link> links = links();
    if (links.isEmpty() && wrong.isEmpty()) {
      say("", "", "It has no number, e-mail or id.");
    }
    return links;
  }

  private List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (ImportMapping.Column column : mapping.columns()) {
      String text = cell(column.index());
      if (ImportKind.IDENTITIES_OF.contains(column.target()) && !text.isEmpty()) {
        try {
          IdentityKind sort = IdentityKind.of(column.target());
          links.add(new Link(sort.code(), numbers.value(sort, text)));
        } catch (Fault no) {
          say(column.index(), text, no.getMessage());
        }
      }
    }
    return links;
  }

  private Ref customer() {
    String text = required("customer");
    CustomerId id = null;
    if (text.length() == 36) {
      try {
        id = CustomerId.parse(text);
      } catch (Fault.BadRequest other) {
        id = null;
      }
    }
    String value = text.contains("@") ? text.toLowerCase(Locale.ROOT) : numbers.canonical(text).orElse(text);
    return new Ref(text, id, value);
  }

  private Card.Order order() {
    String currency = text("currency").isEmpty() ? mapping.currency() : text("currency");
    long amount = 0;
    try {
      amount = CellValues.amount(required("amount"), currency);
    } catch (Fault.BadRequest no) {
      say("amount", no.getMessage());
    }
    Instant at = time("at");
    return new Card.Order(
        number(), at == null ? Instant.EPOCH : at, required("title"), amount, currency, state());
  }

  private Card.ServiceRecord service() {
    Instant opened = time("opened");
    Instant closed = text("closed").isEmpty() ? null : time("closed");
    if (opened != null && closed != null && closed.isBefore(opened)) {
      say("closed", "It was closed before it was opened.");
    }
    return new Card.ServiceRecord(
        number(), opened == null ? Instant.EPOCH : opened, closed, required("title"), state());
  }

  private String number() {
    String number = required("number");
    if (number.length() > 60) {
      say("number", "It has %d characters; 60 are allowed.".formatted(number.length()));
    }
    return number;
  }

  private String state() {
    String state = required("state").toLowerCase(Locale.ROOT);
    if (state.length() > 40) {
      say("state", "It has %d characters; 40 are allowed.".formatted(state.length()));
    }
    return state;
  }

  private @Nullable LocalDate day(String target) {
    Instant at = text(target).isEmpty() ? null : time(target);
    return at == null ? null : LocalDate.ofInstant(at, zone);
  }

  private @Nullable Instant time(String target) {
    String text = kind.required().contains(target) ? required(target) : text(target);
    try {
      return text.isEmpty() ? null : CellValues.time(text, zone);
    } catch (Fault.BadRequest no) {
      say(target, no.getMessage());
      return null;
    }
  }

  private String required(String target) {
    String text = text(target);
    if (text.isEmpty()) {
      say(target, "It is empty.");
    }
    return text;
  }

  private String text(String target) {
    int index = index(target);
    return index < 0 ? "" : cell(index);
  }

  private int index(String target) {
    for (ImportMapping.Column column : mapping.columns()) {
      if (column.target().equals(target)) {
        return column.index();
      }
    }
    return -1;
  }

  // line ends within quotes are blanks of a text
  private String cell(int index) {
    return index < row.fields().size()
        ? row.fields().get(index).strip().replaceAll("[\\r\\n\\t]+", " ")
        : "";
  }

  private Place place() {
    return new Place(row.number(), row.line());
  }

  private void say(String target, String why) {
    int index = index(target);
    say(index < 0 ? target : headings.get(index), text(target), why);
  }

  private void say(int index, String value, String why) {
    say(headings.get(index), value, why);
  }

  private void say(String column, String value, String why) {
    wrong.add(new Wrong(place(), column, Fault.cut(value, LONGEST), why));
  }
}
