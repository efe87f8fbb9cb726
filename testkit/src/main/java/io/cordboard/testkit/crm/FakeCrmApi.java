package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmStore.Put;
import io.cordboard.testkit.crm.CrmStore.Verdict;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the paths of the fake CRM do. */
final class FakeCrmApi {
  private static final int LARGEST_PAGE = 1000;
  private static final int LARGEST_BATCH = 200;
  private static final Map<String, RecordKind> KINDS = kinds();

  private final CrmStore store;
  private final Troubles troubles;

  FakeCrmApi(CrmStore store, Troubles troubles) {
    this.store = store;
    this.troubles = troubles;
  }

  private static Map<String, RecordKind> kinds() {
    Map<String, RecordKind> made = new HashMap<>();
    for (RecordKind kind : RecordKind.values()) {
      made.put(kind.word(), kind);
    }
    return made;
  }

  FakeAnswer answer(HttpMessage request, boolean someOfBatch) {
    String target = request.target();
    int mark = target.indexOf('?');
    String[] path = (mark < 0 ? target : target.substring(0, mark)).split("/", -1);
    RecordKind kind = path.length > 2 ? KINDS.get(path[2]) : null;
    if (target.equals("/v1/ping")) {
      return FakeAnswer.of(200, "{\"ok\":true}");
    }
    if (kind == null || path.length > 5) {
      return nothing();
    }
    try {
      String id = path.length == 4 ? decoded(path[3]) : "";
      return switch (request.method()) {
        case "GET" -> path.length == 4 ? one(kind, id, query(target, mark)) : list(kind, query(target, mark));
        case "POST" -> path.length == 4 ? batch(kind, request, someOfBatch) : make(kind, request);
        case "PUT" -> path.length == 5 ? upsert(kind, decoded(path[4]), request) : nothing();
        case "PATCH" -> patch(kind, id, request);
        case "DELETE" -> delete(kind, id, request);
        default -> FakeAnswer.no(405, "method", "", "Not by this method.");
      };
    } catch (CrmSchema.No no) {
      return FakeAnswer.no(422, no.code, no.field, no.getMessage() == null ? no.code : no.getMessage());
    } catch (IllegalArgumentException | DateTimeException wrong) {
      return FakeAnswer.no(400, "bad_request", "", "This cannot be understood.");
    }
  }

  private static FakeAnswer nothing() {
    return FakeAnswer.no(404, "not_found", "", "There is nothing here.");
  }

  private FakeAnswer one(RecordKind kind, String id, Map<String, String> query) {
    if (id.equals("changes")) {
      return changes(kind, query);
    }
    if (id.equals("fields")) {
      return fields(kind);
    }
    return store
        .get(kind, id)
        .map(record -> FakeAnswer.of(record.state() == State.LIVE ? 200 : 410, write(new StringBuilder(), record)))
        .orElseGet(FakeCrmApi::nothing);
  }

  private FakeAnswer fields(RecordKind kind) {
    List<Map<String, Object>> made =
        store.schema().names(kind).stream()
            .map(name -> Map.<String, Object>of("name", name, "options", store.schema().optionsOf(kind, name)))
            .toList();
    return FakeAnswer.of(200, Json.write(new StringBuilder(), Map.of("fields", made)));
  }

  private FakeAnswer list(RecordKind kind, Map<String, String> query) {
    CrmTable table = store.table(kind);
    String words;
    if ((words = query.get("phone")) != null) {
      return records(table.byPhone(words), "");
    }
    if ((words = query.get("phone_end")) != null) {
      return records(table.byEnd(words), "");
    }
    if ((words = query.get("email")) != null) {
      return records(table.byEmail(words), "");
    }
    if ((words = query.get("ref")) != null) {
      return records(table.byRef(words).stream().toList(), "");
    }
    if ((words = query.get("ids")) != null) {
      return records(List.of(words.split(",")).stream().flatMap(id -> table.get(id).stream()).toList(), "");
    }
    if ((words = query.get("changed_since")) != null) {
      long since = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(words));
      return records(table.changedSince(since, query.get("after"), limit(query)), "");
    }
    return scan(table, query);
  }

  private FakeAnswer scan(CrmTable table, Map<String, String> query) {
    int most = limit(query);
    List<CrmRecord> page = table.scan(query.get("after"), most);
    StringBuilder next = new StringBuilder(",\"next\":");
    if (page.size() < most) {
      next.append("null");
    } else {
      Json.quote(next, page.getLast().id());
    }
    return records(page.stream().filter(record -> record.state() == State.LIVE).toList(), next.toString());
  }

  private FakeAnswer changes(RecordKind kind, Map<String, String> query) {
    CrmTable.Changes page = store.table(kind).changes(query.get("cursor"), limit(query));
    if (page == null) {
      return FakeAnswer.no(410, "cursor_expired", "", "What changed since then is no longer known.");
    }
    StringBuilder rest = new StringBuilder(",\"cursor\":");
    return records(page.records(), Json.quote(rest, page.cursor()).append(",\"more\":").append(page.more()).toString());
  }

  private FakeAnswer make(RecordKind kind, HttpMessage request) {
    Map<String, Object> body = body(request);
    String ref = textOrNull(body.get("ref"));
    CrmTable table = store.table(kind);
    synchronized (table) {
      CrmRecord there = ref == null ? null : table.byRef(ref).orElse(null);
      if (there != null) {
        StringBuilder error = new StringBuilder("{\"error\":{\"code\":\"duplicate_ref\",\"message\":\"It is there.\",\"id\":");
        return FakeAnswer.of(409, Json.quote(error, there.id()).append("}}"));
      }
      return told(table.put(ref, null, null, Json.text(body.get("operation")), values(body), true));
    }
  }

  private FakeAnswer upsert(RecordKind kind, String ref, HttpMessage request) {
    Map<String, Object> body = body(request);
    return told(store.table(kind).put(ref, null, null, Json.text(body.get("operation")), values(body), true));
  }

  private FakeAnswer patch(RecordKind kind, String id, HttpMessage request) {
    Map<String, Object> body = body(request);
    String match = request.header("if-match").replace("\"", "");
    String version = match.isEmpty() ? null : match;
    String ref = textOrNull(body.get("ref"));
    return told(store.table(kind).put(ref, id, version, Json.text(body.get("operation")), values(body), true));
  }

  private FakeAnswer delete(RecordKind kind, String id, HttpMessage request) {
    return switch (store.table(kind).delete(id, request.header("x-operation"), true)) {
      case NONE -> nothing();
      case GONE -> FakeAnswer.no(410, "gone", "", "It is gone already.");
      default -> FakeAnswer.of(204, "");
    };
  }

  private FakeAnswer batch(RecordKind kind, HttpMessage request, boolean some) {
    List<Object> items = Json.list(body(request).get("items"));
    if (items.size() > LARGEST_BATCH) {
      return FakeAnswer.no(400, "too_many", "", "At most %d at once.".formatted(LARGEST_BATCH));
    }
    StringBuilder made = new StringBuilder("{\"items\":[");
    for (int i = 0; i < items.size(); i++) {
      FakeAnswer one =
          some && troubles.everyOther()
              ? FakeAnswer.no(503, "down", "", "Not this one.")
              : item(kind, Json.object(items.get(i)));
      made.append(i == 0 ? "{\"status\":" : ",{\"status\":").append(one.status()).append(',');
      made.append(one.body(), 1, one.body().length());
    }
    return FakeAnswer.of(200, made.append("]}"));
  }

  private FakeAnswer item(RecordKind kind, Map<String, Object> item) {
    try {
      Put put =
          store
              .table(kind)
              .put(
                  textOrNull(item.get("ref")),
                  textOrNull(item.get("id")),
                  textOrNull(item.get("version")),
                  Json.text(item.get("operation")),
                  values(item),
                  true);
      return told(put);
    } catch (CrmSchema.No no) {
      return FakeAnswer.no(422, no.code, no.field, no.getMessage() == null ? no.code : no.getMessage());
    }
  }

  private FakeAnswer told(Put put) {
    CrmRecord record = put.record();
    if (record == null || put.verdict() == Verdict.NONE) {
      return nothing();
    }
    return switch (put.verdict()) {
      case STALE -> FakeAnswer.no(412, "stale", "", "It was changed since that version.");
      case GONE -> FakeAnswer.of(410, write(new StringBuilder(), record));
      case MADE -> FakeAnswer.of(201, write(new StringBuilder(256), record));
      default -> FakeAnswer.of(200, write(new StringBuilder(256), record));
    };
  }

  // ---- forms

  private FakeAnswer records(List<CrmRecord> records, String rest) {
    StringBuilder made = new StringBuilder(64 + 256 * records.size()).append("{\"records\":[");
    for (int i = 0; i < records.size(); i++) {
      write(i == 0 ? made : made.append(','), records.get(i));
    }
    return FakeAnswer.of(200, made.append(']').append(rest).append('}'));
  }

  private StringBuilder write(StringBuilder to, CrmRecord record) {
    to.append("{\"id\":\"").append(record.id()).append("\",\"ref\":");
    orNull(to, record.ref()).append(",\"version\":\"").append(record.version());
    to.append("\",\"changed_at\":\"").append(Clock.instant(record.changedAt())).append("\",\"state\":\"");
    to.append(record.state().name().toLowerCase(Locale.ROOT)).append("\",\"merged_into\":");
    orNull(to, record.mergedInto()).append(",\"fields\":{");
    String comma = "";
    for (Map.Entry<String, Value> field : record.fields().entrySet()) {
      if (store.schema().shows(record.kind(), field.getKey())) {
        Json.quote(to.append(comma), field.getKey()).append(':');
        write(to, field.getValue());
        comma = ",";
      }
    }
    return to.append("}}");
  }

  private static StringBuilder orNull(StringBuilder to, @Nullable String text) {
    return text == null ? to.append("null") : Json.quote(to, text);
  }

  private static StringBuilder write(StringBuilder to, Value value) {
    return switch (value) {
      case Value.Text(String text) -> Json.quote(to, text);
      case Value.Number(BigDecimal number) -> to.append(number.toPlainString());
      case Value.Flag(boolean yes) -> to.append(yes);
      case Value.Many(List<String> texts) -> Json.write(to, texts);
      case Value.Empty empty -> to.append("null");
      case Value.Hidden hidden -> to.append("null");
    };
  }

  private static SortedMap<String, Value> values(Map<String, Object> body) {
    SortedMap<String, Value> made = new TreeMap<>();
    Json.object(body.get("fields")).forEach((name, value) -> made.put(name, value(value)));
    return made;
  }

  private static Value value(Object json) {
    return switch (json) {
      case String text -> Value.of(text);
      case BigDecimal number -> new Value.Number(number);
      case Boolean yes -> new Value.Flag(yes);
      case List<?> texts -> Value.of(texts.stream().map(Object::toString).toList());
      default -> Value.EMPTY;
    };
  }

  private static Map<String, Object> body(HttpMessage request) {
    return Json.object(Json.parse(request.text()));
  }

  private static @Nullable String textOrNull(@Nullable Object json) {
    return json instanceof String text && !text.isEmpty() ? text : null;
  }

  private static int limit(Map<String, String> query) {
    int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("A page has 1 to " + LARGEST_PAGE + " records.");
    }
    return limit;
  }

  private static Map<String, String> query(String target, int mark) {
    Map<String, String> made = new HashMap<>();
    if (mark >= 0) {
      for (String part : target.substring(mark + 1).split("&", -1)) {
        String[] pair = part.split("=", 2);
        made.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
      }
    }
    return made;
  }

  private static String decoded(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
