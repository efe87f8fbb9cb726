package io.cordboard.testkit.crm;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The least that speaks to the fake CRM as an adapter has to: proves that the contract's faults can be told apart. */
final class LeanCrm
    implements Crm,
        FindByNumber,
        FindByEmail,
        ReadRecords,
        ReadChanges,
        ScanRecords,
        WriteRecords,
        RemoveRecords,
        ReceiveHooks {
  static final Duration WITHIN = Duration.ofSeconds(2);
  static final Duration OLDEST_HOOK = Duration.ofMinutes(5);

  private final URI base;
  private final String secret;
  private final byte[] hookSecret;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(WITHIN).build();
  private volatile String token = "";

  LeanCrm(URI base, String secret, byte[] hookSecret) {
    this.base = base;
    this.secret = secret;
    this.hookSecret = hookSecret;
  }

  private record Told(int status, Map<String, Object> json, String pause) {}

  @Override
  public String name() {
    return "lean";
  }

  @Override
  public Map<RecordKind, Set<Ability>> abilities() {
    Map<RecordKind, Set<Ability>> made = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      made.put(
          kind,
          kind == RecordKind.CUSTOMER
              ? EnumSet.complementOf(EnumSet.of(Ability.FIELDS))
              : EnumSet.complementOf(EnumSet.of(Ability.FIELDS, Ability.FIND_BY_NUMBER, Ability.FIND_BY_EMAIL)));
    }
    return made;
  }

  @Override
  public Pace pace() {
    return Pace.unlimited(4);
  }

  @Override
  public void check() {
    must(ask("GET", "/v1/ping", null, Map.of(), WITHIN));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  // ---- requests

  private Told ask(String method, String path, Object body, Map<String, String> headers, Duration within) {
    if (token.isEmpty()) {
      login();
    }
    Told told = send(method, path, body, headers, within);
    if (told.status() == 401) {
      login();
      told = send(method, path, body, headers, within);
    }
    return told;
  }

  private void login() {
    Map<String, String> form = Map.of("client_id", FakeCrm.CLIENT, "client_secret", secret);
    Told told = send("POST", "/token", form, Map.of(), WITHIN);
    if (told.status() == 401) {
      throw new Fault.AuthLapsed("The login is refused: give another secret.");
    }
    token = Json.text(told.json().get("access_token"));
  }

  private Told send(String method, String path, Object body, Map<String, String> headers, Duration within) {
    boolean harmless = method.equals("GET") || path.equals("/token");
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(Json.write(new StringBuilder(), body).toString());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).method(method, content).timeout(within);
    request.header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer =
          client
              .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
              .get(within.toMillis(), TimeUnit.MILLISECONDS);
      return understood(answer, harmless);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ConnectException) {
        throw new Fault.Unreachable("It is not there: look whether it runs.", failed);
      }
      throw failed.getCause() instanceof IOException ? unheard(harmless, failed) : new Fault.Bug("Odd", failed);
    } catch (TimeoutException late) {
      throw unheard(harmless, late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unheard(harmless, stopped);
    }
  }

  private static Told understood(HttpResponse<String> answer, boolean harmless) {
    String pause = answer.headers().firstValue("retry-after").orElse("3");
    if (answer.statusCode() == 429 || answer.statusCode() == 503) {
      throw new Fault.Busy("It is busy.", Duration.ofSeconds(Long.parseLong(pause)));
    }
    if (answer.statusCode() >= 500) {
      throw unheard(harmless, new IOException("status"));
    }
    if (answer.statusCode() == 204) {
      return new Told(204, Map.of(), pause);
    }
    try {
      Object json = Json.parse(answer.body());
      if (!(json instanceof Map)) {
        throw unheard(harmless, new IOException("no object"));
      }
      return new Told(answer.statusCode(), Json.object(json), pause);
    } catch (IllegalArgumentException nonsense) {
      throw unheard(harmless, nonsense);
    }
  }

  private static Fault unheard(boolean harmless, Throwable cause) {
    String words = "No answer came that can be understood.";
    return harmless ? new Fault.Unreachable(words, cause) : new Fault.OutcomeUnknown(words, cause);
  }

  private static Told must(Told told) {
    if (told.status() == 401) {
      throw new Fault.AuthLapsed("The login is refused: give another secret.");
    }
    if (told.status() >= 400) {
      throw new Fault.Refused("It says no: " + Json.object(told.json().get("error")).get("message"));
    }
    return told;
  }

  private List<CrmRecord> records(RecordKind kind, String query, Duration within) {
    return records(kind, must(ask("GET", "/v1/" + kind.word() + query, null, Map.of(), within)));
  }

  private static List<CrmRecord> records(RecordKind kind, Told told) {
    if (!(told.json().get("records") instanceof List)) {
      throw new Fault.Unreachable("It answered without records.", null);
    }
    return Json.list(told.json().get("records")).stream().map(json -> record(kind, Json.object(json))).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static CrmRecord record(RecordKind kind, Map<String, Object> json) {
    SortedMap<String, Value> fields = new TreeMap<>();
    Json.object(json.get("fields")).forEach((name, value) -> fields.put(name, value(value)));
    return new CrmRecord(
        kind,
        Json.text(json.get("id")),
        Json.text(json.get("version")),
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(Json.text(json.get("changed_at")))),
        State.valueOf(Json.text(json.get("state")).toUpperCase(Locale.ROOT)),
        json.get("merged_into") instanceof String into ? into : null,
        json.get("ref") instanceof String ref ? ref : null,
        fields);
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

  private static Object json(Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Number(BigDecimal number) -> number;
      case Value.Flag(boolean yes) -> yes;
      case Value.Many(List<String> texts) -> texts;
      default -> Json.NULL;
    };
  }

  // ---- abilities

  @Override
  public List<CrmRecord> findByNumber(PhoneNumber number, Duration within) {
    String digits = number.e164().substring(1);
    return records(RecordKind.CUSTOMER, "?phone_end=" + digits.substring(Math.max(0, digits.length() - 8)), within)
        .stream()
        .filter(record -> CrmTable.texts(record, "phones").stream().anyMatch(p -> Writing.same(p, number.e164())))
        .toList();
  }

  @Override
  public List<CrmRecord> findByEmail(String address, Duration within) {
    return records(RecordKind.CUSTOMER, "?email=" + encoded(address), within);
  }

  @Override
  public List<CrmRecord> read(RecordKind kind, List<String> ids) {
    List<String> plain = ids.stream().filter(id -> id.matches("\\d+")).toList();
    return plain.isEmpty() ? List.of() : records(kind, "?ids=" + String.join(",", plain), WITHIN);
  }

  @Override
  public int mostRead() {
    return 50;
  }

  @Override
  public Optional<CrmRecord> findByRef(RecordKind kind, String ref) {
    return records(kind, "?ref=" + encoded(ref), WITHIN).stream().findFirst();
  }

  @Override
  public ReadChanges.Page changes(RecordKind kind, String cursor, int most) {
    String from = cursor == null ? "" : "&cursor=" + encoded(cursor);
    String path = "/v1/" + kind.word() + "/changes?limit=" + most;
    Told told = ask("GET", path + from, null, Map.of(), WITHIN);
    if (told.status() == 410) {
      Told now = must(ask("GET", path, null, Map.of(), WITHIN));
      return new ReadChanges.Page(List.of(), Json.text(now.json().get("cursor")), false, true);
    }
    boolean more = Boolean.TRUE.equals(must(told).json().get("more"));
    return new ReadChanges.Page(records(kind, told), Json.text(told.json().get("cursor")), more, false);
  }

  @Override
  public ScanRecords.Page scan(RecordKind kind, String after, int most) {
    String from = after == null ? "" : "&after=" + after;
    Told told = must(ask("GET", "/v1/" + kind.word() + "?limit=" + most + from, null, Map.of(), WITHIN));
    return new ScanRecords.Page(records(kind, told), told.json().get("next") instanceof String next ? next : null);
  }

  @Override
  public List<Written> write(RecordKind kind, List<Write> writes) {
    if (writes.isEmpty()) {
      return List.of();
    }
    List<Object> items = new ArrayList<>();
    for (Write write : writes) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("ref", write.ref());
      item.put("id", write.id() == null ? Json.NULL : write.id());
      item.put("version", write.version() == null ? Json.NULL : write.version());
      item.put("operation", write.operation());
      Map<String, Object> fields = new LinkedHashMap<>();
      write.fields().forEach((name, value) -> fields.put(name, json(value)));
      item.put("fields", fields);
      items.add(item);
    }
    Told told = must(ask("POST", "/v1/" + kind.word() + "/batch", Map.of("items", items), Map.of(), WITHIN));
    return Json.list(told.json().get("items")).stream().map(item -> written(Json.object(item))).toList();
  }

  private static Written written(Map<String, Object> item) {
    int status = ((BigDecimal) item.get("status")).intValue();
    Object words = Json.object(item.get("error")).get("message");
    return switch (status) {
      case 200, 201 ->
          new Written.Done(
              Json.text(item.get("id")), Json.text(item.get("version")), status == 201 ? Made.YES : Made.NO);
      case 412 -> new Written.Stale();
      case 404, 410 -> new Written.Failed(new Fault.NotFound("It is not there (any more)."));
      case 503 -> new Written.Failed(new Fault.Busy("Not this one now.", Duration.ofSeconds(1)));
      default -> new Written.Failed(new Fault.Refused("It says no: " + words));
    };
  }

  @Override
  public int mostWritten() {
    return 200;
  }

  @Override
  public boolean conditional(RecordKind kind) {
    return true;
  }

  @Override
  public void remove(RecordKind kind, String id, String why) {
    Told told = ask("DELETE", "/v1/" + kind.word() + "/" + id, null, Map.of(), WITHIN);
    if (told.status() != 404 && told.status() != 410) {
      must(told);
    }
  }

  @Override
  public List<Notice> read(Hook hook) {
    String id = hook.headers().getOrDefault("webhook-id", "");
    String at = hook.headers().getOrDefault("webhook-timestamp", "0");
    long age = hook.at() - Long.parseLong(at) * 1_000_000;
    CrmHooks.Sent own = CrmHooks.signed(id, Long.parseLong(at) * 1_000_000, hook.body(), hookSecret);
    String wished = own.headers().get("webhook-signature");
    if (!wished.equals(hook.headers().get("webhook-signature")) || Math.abs(age) > OLDEST_HOOK.toNanos() / 1000) {
      throw new Fault.AuthLapsed("The hook is not signed as agreed, or too old: look at its secret and the clocks.");
    }
    try {
      Map<String, Object> json = Json.object(Json.parse(new String(hook.body(), StandardCharsets.UTF_8)));
      RecordKind kind = RecordKind.valueOf(Json.text(json.get("kind")).toUpperCase(Locale.ROOT));
      return List.of(new Notice(kind, Json.text(json.get("id")), id));
    } catch (IllegalArgumentException nonsense) {
      throw new Fault.BadRequest("The hook cannot be understood.");
    }
  }
}
