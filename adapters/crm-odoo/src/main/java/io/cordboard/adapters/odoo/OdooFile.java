package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.RecordKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the part {@code odoo} of a connection's file says, with what is so where it says nothing.
 */
final class OdooFile {
  private static final Set<String> KNOWN =
      Set.of(
          "url",
          "database",
          "project",
          "level_tag",
          "labels",
          "kinds",
          "activity_type",
          "only",
          "fields",
          "overlap_seconds",
          "timeout_seconds",
          "parallel");

  private final CrmConfig config;
  private final Map<?, ?> odoo;

  OdooFile(CrmConfig config) {
    this.config = config;
    this.odoo = config.tree().get("odoo") instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Without a slash at its end. */
  URI url() {
    return URI.create(written("url").orElseGet(() -> config.mustHave("url")).replaceAll("/+$", ""));
  }

  String database() {
    return written("database").orElseGet(() -> config.mustHave("database"));
  }

  /** Which hosts may be asked: those that the file names, and that of the address. */
  Set<String> hosts() {
    Set<String> hosts = new HashSet<>();
    if (config.tree().get("crm") instanceof Map<?, ?> crm
        && crm.get("hosts") instanceof List<?> named) {
      named.forEach(host -> hosts.add(String.valueOf(host).toLowerCase(Locale.ROOT)));
    }
    String own = url().getHost();
    if (own != null) {
      hosts.add(own.toLowerCase(Locale.ROOT));
    }
    return hosts;
  }

  /** Which kinds are connected: those whose app the company has. */
  Set<RecordKind> kinds() {
    Set<RecordKind> kinds = EnumSet.allOf(RecordKind.class);
    if (odoo.get("kinds") instanceof List<?> named) {
      kinds.removeIf(kind -> kind != RecordKind.CUSTOMER && !named.contains(kind.word()));
    }
    return kinds;
  }

  /** In which project tickets are kept. */
  String project() {
    return written("project").orElse("Support");
  }

  /** Tags that begin so are no tags but the customer's level. */
  String levelTag() {
    return written("level_tag").orElse("Level: ");
  }

  /** In which language the lines of a call's note are named. */
  Notes.Labels labels() {
    return written("labels").filter("zh"::equals).isPresent()
        ? Notes.Labels.CHINESE
        : Notes.Labels.ENGLISH;
  }

  /** External id of the type that a new activity has. */
  String activityType() {
    return written("activity_type").orElse("mail.mail_activity_data_todo");
  }

  /** What else a record has to fulfil to be one of ours, as a domain. */
  List<?> only(RecordKind kind) {
    return part("only", kind);
  }

  /** Which fields are read and written besides the usual ones. */
  List<String> extra(RecordKind kind) {
    return part("fields", kind).stream().map(String::valueOf).toList();
  }

  /** So long ago something may have been changed that is visible only now. */
  Duration overlap() {
    return Duration.ofSeconds(number("overlap_seconds", 20));
  }

  Duration timeout() {
    return Duration.ofSeconds(number("timeout_seconds", 15));
  }

  int parallel() {
    return number("parallel", 4);
  }

  List<Mistake> mistakes() {
    List<Mistake> found = new ArrayList<>();
    odoo.keySet().stream()
        .map(String::valueOf)
        .filter(key -> !KNOWN.contains(key))
        .forEach(
            key ->
                found.add(
                    new Mistake(
                        "odoo." + Fault.excerpt(key),
                        "There is no such setting; there are %s."
                            .formatted(KNOWN.stream().sorted().toList()))));
    written("url")
        .or(() -> config.setting("url"))
        .flatMap(OdooFile::wrongAddress)
        .ifPresent(words -> found.add(new Mistake("odoo.url", words)));
    for (String key : List.of("overlap_seconds", "timeout_seconds", "parallel")) {
      Object value = odoo.get(key);
      if (value != null && !(value instanceof Integer whole && whole > 0 && whole <= 3600)) {
        found.add(new Mistake("odoo." + key, "A whole number between 1 and 3600 is needed."));
      }
    }
    if (written("labels").filter(labels -> !Set.of("en", "zh").contains(labels)).isPresent()) {
      found.add(new Mistake("odoo.labels", "The lines of a note can be named in 'en' or 'zh'."));
    }
    Object kinds = odoo.get("kinds");
    if (kinds != null
        && !(kinds instanceof List<?> named && named.stream().allMatch(OdooFile::isKind))) {
      found.add(
          new Mistake(
              "odoo.kinds",
              "A list of kinds of records is needed, out of %s."
                  .formatted(Arrays.stream(RecordKind.values()).map(RecordKind::word).toList())));
    }
    for (String key : List.of("only", "fields")) {
      mistakesOfPart(key, found);
    }
    return found;
  }

  private void mistakesOfPart(String key, List<Mistake> found) {
    Object part = odoo.get(key);
    if (part != null && !(part instanceof Map<?, ?>)) {
      found.add(new Mistake("odoo." + key, "It names kinds of records, each with a list."));
    } else if (part instanceof Map<?, ?> kinds) {
      kinds.forEach(
          (kind, list) -> {
            String path = "odoo.%s.%s".formatted(key, Fault.excerpt(String.valueOf(kind)));
            if (Arrays.stream(RecordKind.values()).noneMatch(known -> known.word().equals(kind))) {
              found.add(new Mistake(path, "There is no such kind of records."));
            } else if (!(list instanceof List<?> items)
                || (key.equals("fields") && !items.stream().allMatch(OdooFile::isName))) {
              found.add(
                  new Mistake(path, "A list is needed: of names of fields, or of conditions."));
            }
          });
    }
  }

  private static boolean isKind(@Nullable Object word) {
    return Arrays.stream(RecordKind.values()).anyMatch(kind -> kind.word().equals(word));
  }

  private static boolean isName(Object item) {
    return item instanceof String name && name.matches("[a-z_][a-z0-9_]{0,62}");
  }

  private static Optional<String> wrongAddress(String url) {
    try {
      URI uri = URI.create(url);
      boolean right =
          uri.getHost() != null
              && uri.getUserInfo() == null
              && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      return right
          ? Optional.empty()
          : Optional.of("It has to be an address such as https://odoo.example.com.");
    } catch (IllegalArgumentException unreadable) {
      return Optional.of("It has to be an address such as https://odoo.example.com.");
    }
  }

  private List<?> part(String key, RecordKind kind) {
    return odoo.get(key) instanceof Map<?, ?> kinds
            && kinds.get(kind.word()) instanceof List<?> list
        ? list
        : List.of();
  }

  private Optional<String> written(String key) {
    return text(odoo.get(key));
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  private int number(String key, int otherwise) {
    return odoo.get(key) instanceof Integer whole ? whole : otherwise;
  }
}
