package io.cordboard.adapters.odoo;

import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmHarness;
import io.cordboard.testkit.crm.FaultProxy;
import io.cordboard.testkit.crm.FaultProxy.Seen;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A real Odoo behind a proxy. Its people are an administrator, and for notes our own user: those of
 * others are none of ours.
 */
final class OdooHarness implements CrmHarness {
  private static String somebody = "";

  private final RealOdoo odoo = RealOdoo.get();
  private final FaultProxy proxy = FaultProxy.http(URI.create(odoo.url).getPort());

  OdooHarness() {
    synchronized (OdooHarness.class) {
      if (somebody.isEmpty()) {
        somebody = odoo.create("res.partner", Map.of("name", "Somebody"));
      }
    }
  }

  @Override
  public Crm crm() {
    return odoo.connect(proxy.uri().toString());
  }

  @Override
  public Crm another() {
    return crm();
  }

  @Override
  public Crm skewed(Duration by) {
    return odoo.connect(proxy.uri().toString(), Map.of(), by);
  }

  @Override
  public Set<Able> able() {
    return EnumSet.of(
        Able.HANDS,
        Able.DELETES,
        Able.MERGES,
        Able.ONE_BY_REF,
        Able.CLOCK,
        Able.HOOKS,
        Able.PROXY,
        Able.SHORT_TIME);
  }

  @Override
  public SortedMap<String, Value> fresh(RecordKind kind, String words) {
    SortedMap<String, Value> made = new TreeMap<>();
    made.put(words(kind), Value.of(words));
    if (kind != RecordKind.CUSTOMER) {
      made.put("customer", Value.of(somebody));
    }
    return made;
  }

  @Override
  public SortedMap<String, Value> customer(String words, List<String> phones, List<String> emails) {
    SortedMap<String, Value> made = fresh(RecordKind.CUSTOMER, words);
    phones.stream().findFirst().ifPresent(phone -> made.put("phone", Value.of(phone)));
    emails.stream().findFirst().ifPresent(email -> made.put("email", Value.of(email)));
    return made;
  }

  @Override
  public String words(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER, TICKET, LEAD -> "name";
      case INTERACTION -> "subject";
      case TASK -> "summary";
      case ORDER -> "client_order_ref";
    };
  }

  @Override
  public String other(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "email";
      case INTERACTION -> "notes";
      case TASK -> "note";
      case TICKET, LEAD -> "description";
      case ORDER -> null;
    };
  }

  @Override
  public String otherWords(RecordKind kind, int number) {
    return kind == RecordKind.CUSTOMER
        ? "other%d@example.com".formatted(number)
        : "other <" + number + ">";
  }

  @Override
  public String make(RecordKind kind, SortedMap<String, Value> fields) {
    Map<String, Object> values = values(kind, fields);
    switch (kind) {
      case CUSTOMER, LEAD, ORDER -> {}
      case TICKET -> values.put("project_id", project());
      case TASK -> {
        values.put("res_model", "res.partner");
        values.put("res_model_id", model("res.partner"));
        values.put("activity_type_id", 4);
      }
      case INTERACTION -> {
        values.put("model", "res.partner");
        values.put("message_type", "comment");
        values.putIfAbsent("body", "<p>A call</p>");
        return odoo.ours("mail.message", "create", Map.of("vals_list", List.of(values)))
            .path(0)
            .asString();
      }
    }
    return odoo.create(Shape.model(kind), values);
  }

  private int project() {
    return odoo.call(
            "project.project", "search", Map.of("domain", List.of(List.of("name", "=", "Support"))))
        .path(0)
        .asInt();
  }

  private int model(String name) {
    return odoo.call("ir.model", "search", Map.of("domain", List.of(List.of("model", "=", name))))
        .path(0)
        .asInt();
  }

  private static Map<String, Object> values(RecordKind kind, SortedMap<String, Value> fields) {
    Map<String, Object> values = new HashMap<>();
    fields.forEach(
        (name, value) -> {
          String text = value instanceof Value.Text words ? words.text() : "";
          switch (name) {
            case "customer" -> {
              boolean pinned = kind == RecordKind.TASK || kind == RecordKind.INTERACTION;
              values.put(pinned ? "res_id" : "partner_id", Integer.valueOf(text));
            }
            case "notes" ->
                values.put("body", Notes.with("", Map.of("notes", value), Notes.Labels.ENGLISH));
            case "note", "description" -> values.put(name, Html.paragraph(text));
            default -> values.put(name, text);
          }
        });
    return values;
  }

  @Override
  public void change(RecordKind kind, String id, SortedMap<String, Value> fields) {
    odoo.write(Shape.model(kind), id, values(kind, fields));
  }

  @Override
  public void delete(RecordKind kind, String id) {
    odoo.unlink(Shape.model(kind), id);
  }

  @Override
  public void merge(RecordKind kind, String from, String into) {
    List<Integer> both = List.of(Integer.valueOf(from), Integer.valueOf(into));
    String wizard =
        odoo.create(
            "base.partner.merge.automatic.wizard",
            Map.of(
                "partner_ids",
                List.of(List.of(6, 0, both)),
                "dst_partner_id",
                both.get(1),
                "state",
                "selection"));
    odoo.call(
        "base.partner.merge.automatic.wizard",
        "action_merge",
        Map.of("ids", List.of(Long.valueOf(wizard))));
  }

  @Override
  public int count(RecordKind kind, String ref) {
    List<?> named =
        List.of(
            List.of("module", "=", ExternalIds.MODULE),
            List.of("model", "=", Shape.model(kind)),
            List.of("name", "=", ExternalIds.name(kind, ref)));
    List<Long> ids =
        Reader.list(
                odoo.call(
                    "ir.model.data",
                    "search_read",
                    Map.of("domain", named, "fields", List.of("res_id"))))
            .stream()
            .map(row -> row.path("res_id").asLong())
            .toList();
    return odoo.call(
            Shape.model(kind), "search_count", Map.of("domain", List.of(List.of("id", "in", ids))))
        .asInt();
  }

  @Override
  public FaultProxy proxy() {
    return proxy;
  }

  @Override
  public boolean isWrite(Seen request) {
    return request.target().matches(".*/(load|create|write|unlink|action_\\w+|message_post)");
  }

  @Override
  public Hook hook(RecordKind kind, String id) {
    return signed(
        "{\"_action\": \"Tell Cordboard(#7)\", \"_id\": %s, \"_model\": \"%s\"}"
            .formatted(id, Shape.model(kind))
            .getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Hook signed(byte[] body) {
    return new Hook("http://127.0.0.1/hooks?key=a+secret+of+hooks+%26+more", Map.of(), body, 0);
  }

  @Override
  public Set<String> signature() {
    return Set.of();
  }

  @Override
  public Set<String> secrets() {
    return Set.of(odoo.apiKey, odoo.administratorKey, RealOdoo.HOOK_SECRET);
  }

  @Override
  public void close() {
    proxy.close();
  }
}
