package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmHarness;
import io.cordboard.testkit.crm.FaultProxy;
import io.cordboard.testkit.crm.Writing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The HAPI server, with a proxy before it and hands behind it. */
final class FhirHarness implements CrmHarness {
  static final String HOOK_SECRET = "a secret of hooks";

  private final HapiServer server = HapiServer.started();
  private final Hands hands = new Hands(server);
  private final FaultProxy proxy = FaultProxy.http(server.port());
  private final Map<String, Object> more;
  private String patient = "";

  FhirHarness(Map<String, Object> more) {
    this.more = more;
  }

  Hands hands() {
    return hands;
  }

  @Override
  public Crm crm() {
    return open(Duration.ZERO);
  }

  @Override
  public Crm another() {
    return open(Duration.ZERO);
  }

  @Override
  public Crm skewed(Duration by) {
    return open(by);
  }

  private Crm open(Duration skew) {
    Map<String, Object> tree = new HashMap<>(more);
    tree.put("base", proxy.uri() + "/fhir");
    tree.put("auth", Map.of("type", "smart", "token", proxy.uri() + "/token"));
    tree.put("seconds", 5);
    Map<String, String> settings =
        Map.of("client", Gate.CLIENT, "key", server.gate().key(), "hookSecret", HOOK_SECRET);
    return new FhirAdapter().open(new CrmConfig("clinic", tree, settings, true, new OffClock(skew)));
  }

  private record OffClock(Duration skew) implements Clock {
    @Override
    public long micros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(skew));
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  @Override
  public Set<Able> able() {
    // whether two conditional creates at once make one is left to the server's database
    return EnumSet.complementOf(EnumSet.of(Able.FORGETS, Able.SIGNED_HOOKS, Able.ONE_BY_REF));
  }

  /** Exact characters are all that FHIR finds a phone by: what comes after the number cannot be known. */
  @Override
  public Set<Writing> writings() {
    return EnumSet.complementOf(EnumSet.of(Writing.EXTENSION));
  }

  @Override
  public SortedMap<String, Value> fresh(RecordKind kind, String words) {
    SortedMap<String, Value> made = new TreeMap<>();
    made.put(words(kind), Value.of(words));
    if (kind != RecordKind.CUSTOMER) {
      made.put("customer", Value.of(patient()));
    }
    return made;
  }

  String patient() {
    if (patient.isEmpty()) {
      patient = hands.make(FhirJson.object().put("resourceType", "Patient"));
    }
    return patient;
  }

  @Override
  public SortedMap<String, Value> customer(String words, List<String> phones, List<String> emails) {
    SortedMap<String, Value> made = fresh(RecordKind.CUSTOMER, words);
    made.put("phones", Value.of(phones));
    made.put("emails", Value.of(emails));
    return made;
  }

  @Override
  public String words(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "name";
      case INTERACTION -> "subject";
      default -> "title";
    };
  }

  @Override
  public String other(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "language";
      case INTERACTION, TASK -> "notes";
      default -> null;
    };
  }

  @Override
  public String otherWords(RecordKind kind, int number) {
    return kind != RecordKind.CUSTOMER ? "other " + number : number == 1 ? "zh" : "en";
  }

  private static String type(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "Patient";
      case INTERACTION -> "Communication";
      case TASK -> "Task";
      case TICKET -> "CarePlan";
      default -> "ServiceRequest";
    };
  }

  @Override
  public String make(RecordKind kind, SortedMap<String, Value> fields) {
    ObjectNode made = FhirJson.object().put("resourceType", type(kind));
    if (kind != RecordKind.CUSTOMER) {
      made.putObject(kind == RecordKind.TASK ? "for" : "subject").put("reference", "Patient/" + patient());
      made.put("status", kind == RecordKind.INTERACTION ? "completed" : kind == RecordKind.TASK ? "requested" : "active");
    }
    if (kind != RecordKind.CUSTOMER && kind != RecordKind.INTERACTION) {
      made.put("intent", "order");
    }
    put(made, kind, fields);
    return hands.make(made);
  }

  private void put(ObjectNode resource, RecordKind kind, SortedMap<String, Value> fields) {
    fields.forEach(
        (name, value) -> {
          switch (value) {
            case Value.Text(String text) when !name.equals("customer") -> put(resource, kind, name, text);
            case Value.Many(List<String> texts) ->
                texts.forEach(
                    text ->
                        resource
                            .withArray("telecom")
                            .addObject()
                            .put("system", name.equals("phones") ? "phone" : "email")
                            .put("value", text));
            default -> {}
          }
        });
  }

  private static void put(ObjectNode resource, RecordKind kind, String name, String text) {
    switch (kind + "." + name) {
      case "CUSTOMER.name" -> resource.putArray("name").addObject().put("text", text);
      case "CUSTOMER.language" ->
          resource.putArray("communication").addObject().putObject("language").putArray("coding").addObject()
              .put("system", "urn:ietf:bcp:47").put("code", text);
      case "INTERACTION.subject" -> resource.putObject("topic").put("text", text);
      case "INTERACTION.notes", "TASK.notes" -> resource.putArray("note").addObject().put("text", text);
      case "TASK.title" -> resource.put("description", text);
      case "TICKET.title" -> resource.put("title", text);
      case "ORDER.title" -> resource.putObject("code").put("text", text);
      default -> throw new IllegalArgumentException(kind + "." + name);
    }
  }

  @Override
  public void change(RecordKind kind, String id, SortedMap<String, Value> fields) {
    ObjectNode resource = hands.read(type(kind), id);
    put(resource, kind, fields);
    hands.put(resource);
  }

  @Override
  public void delete(RecordKind kind, String id) {
    hands.delete(type(kind), id);
  }

  @Override
  public void merge(RecordKind kind, String from, String into) {
    ObjectNode resource = hands.read("Patient", from).put("active", false);
    resource.putArray("link").addObject().put("type", "replaced-by").putObject("other").put("reference", "Patient/" + into);
    hands.put(resource);
  }

  @Override
  public int count(RecordKind kind, String ref) {
    String query = type(kind) + "?_summary=count&identifier=" + Searches.encoded("urn:cordboard:ref|" + ref);
    return hands.ask("GET", query, null).path("total").asInt(-1);
  }

  @Override
  public void expireLogin() {
    server.gate().expire();
  }

  @Override
  public FaultProxy proxy() {
    return proxy;
  }

  @Override
  public Hook hook(RecordKind kind, String id) {
    byte[] body = FhirJson.bytes(hands.read(type(kind), id));
    return new Hook("https://us.example/hooks/clinic/" + type(kind) + "/" + id, signedBy(HOOK_SECRET), body, 0);
  }

  @Override
  public Hook signed(byte[] body) {
    return new Hook("https://us.example/hooks/clinic", signedBy(HOOK_SECRET), body, 0);
  }

  static Map<String, String> signedBy(String secret) {
    return Map.of(FhirHooks.HEADER, secret, "content-type", "application/fhir+json");
  }

  @Override
  public Set<String> signature() {
    return Set.of(FhirHooks.HEADER);
  }

  @Override
  public Set<String> secrets() {
    return Set.of(HOOK_SECRET, server.gate().key().substring(60, 120));
  }

  @Override
  public void close() {
    proxy.close();
  }
}
