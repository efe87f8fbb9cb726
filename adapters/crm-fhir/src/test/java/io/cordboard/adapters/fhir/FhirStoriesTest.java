package io.cordboard.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the people of a clinic see of it, on HAPI's own server. */
class FhirStoriesTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final FhirHarness clinic = new FhirHarness(Map.of("observations", 3, "region", "CN"));
  private final Crm crm = clinic.crm();
  private final Hands hands = clinic.hands();

  @AfterEach
  void close() {
    crm.close();
    clinic.close();
  }

  private String patient(String name, String... phones) {
    return clinic.make(RecordKind.CUSTOMER, clinic.customer(name, List.of(phones), List.of()));
  }

  private List<CrmRecord> found(String number) {
    return crm.as(FindByNumber.class, RecordKind.CUSTOMER).findByNumber(new PhoneNumber(number), WITHIN);
  }

  private static Write making(RecordKind kind, Map<String, Value> fields) {
    return new Write(UUID.randomUUID().toString(), null, null, "op-" + kind, new TreeMap<>(fields));
  }

  private String made(Crm by, RecordKind kind, Map<String, Value> fields) {
    Written written = by.as(WriteRecords.class, kind).write(kind, List.of(making(kind, fields))).getFirst();
    assertThat(written).isInstanceOf(Written.Done.class);
    return ((Written.Done) written).id();
  }

  @Test
  void aPatientIsFoundByEveryWritingOfTheNumber() {
    String bare = patient("张伟", "13912340001");
    String spaced = patient("李娜", "139 1234 0002");
    String formal = patient("Dr. Who", "+1 (212) 555-0143");
    String zeros = patient("王芳", "0086-139-1234-0003");
    assertThat(found("+8613912340001")).extracting(CrmRecord::id).containsExactly(bare);
    assertThat(found("+8613912340002")).extracting(CrmRecord::id).containsExactly(spaced);
    assertThat(found("+12125550143")).extracting(CrmRecord::id).containsExactly(formal);
    assertThat(found("+8613912340003")).extracting(CrmRecord::id).containsExactly(zeros);
    assertThat(found("+8613912340009")).isEmpty();
  }

  @Test
  void aCallIsWrittenAsACommunicationThatOthersUnderstand() {
    String patient = patient("Caller");
    String id =
        made(
            crm,
            RecordKind.INTERACTION,
            Map.of(
                "customer", Value.of(patient),
                "subject", Value.of("Asked for her results"),
                "at", Value.of("2026-01-05T01:00:00Z"),
                "direction", Value.of("in"),
                "number", Value.of("+8613912340001"),
                "notes", Value.of("Wants to be called back."),
                "seconds", new Value.Number(new BigDecimal("93")),
                "recording", Value.of("https://us.example/recordings/1")));
    ObjectNode stands = hands.read("Communication", id);
    assertThat(stands.path("status").asString("")).isEqualTo("completed");
    assertThat(stands.path("subject").path("reference").asString("")).isEqualTo("Patient/" + patient);
    assertThat(stands.path("topic").path("text").asString("")).isEqualTo("Asked for her results");
    assertThat(stands.path("sent").asString("")).startsWith("2026-01-05T01:00:00");
    assertThat(stands.path("medium").path(0).path("coding").path(0).path("code").asString("")).isEqualTo("PHONE");
    assertThat(stands.path("note").path(0).path("text").asString("")).isEqualTo("Wants to be called back.");
    CrmRecord read = read(crm, RecordKind.INTERACTION, id);
    assertThat(read.fields())
        .containsEntry("seconds", new Value.Number(new BigDecimal("93")))
        .containsEntry("direction", Value.of("in"))
        .containsEntry("at", Value.of("2026-01-05T01:00:00Z"))
        .containsEntry("recording", Value.of("https://us.example/recordings/1"));
  }

  private static CrmRecord read(Crm by, RecordKind kind, String id) {
    return by.as(ReadRecords.class, kind).read(kind, List.of(id)).getFirst();
  }

  @Test
  void aCallThatWasWrittenToTheWrongPatientIsVoidAndNotErased() {
    String id =
        made(crm, RecordKind.INTERACTION, Map.of("customer", Value.of(clinic.patient()), "subject", Value.of("x")));
    crm.as(RemoveRecords.class, RecordKind.INTERACTION).remove(RecordKind.INTERACTION, id, "written to the wrong person");
    ObjectNode stands = hands.read("Communication", id);
    assertThat(stands.path("status").asString("")).isEqualTo("entered-in-error");
    assertThat(stands.path("statusReason").path("text").asString("")).isEqualTo("written to the wrong person");
    assertThat(read(crm, RecordKind.INTERACTION, id).state()).isEqualTo(State.DELETED);
  }

  @Test
  void callsMayBeKeptAsEncountersInstead() {
    try (FhirHarness other = new FhirHarness(Map.of("interaction", "encounter"));
        Crm encounters = other.crm()) {
      String id =
          made(
              encounters,
              RecordKind.INTERACTION,
              Map.of(
                  "customer", Value.of(other.patient()),
                  "subject", Value.of("Results"),
                  "at", Value.of("2026-01-05T01:00:00Z"),
                  "notes", Value.of("Called back.")));
      ObjectNode stands = hands.read("Encounter", id);
      assertThat(stands.path("class").path("code").asString("")).isEqualTo("VR");
      assertThat(stands.path("period").path("start").asString("")).startsWith("2026-01-05T01:00:00");
      assertThat(read(encounters, RecordKind.INTERACTION, id).fields())
          .containsEntry("notes", Value.of("Called back."))
          .containsEntry("subject", Value.of("Results"));
      encounters.as(RemoveRecords.class, RecordKind.INTERACTION).remove(RecordKind.INTERACTION, id, "a mistake");
      assertThat(hands.read("Encounter", id).path("status").asString("")).isEqualTo("entered-in-error");
    }
  }

  @Test
  void aTaskThatIsChangedOnTheServerArrives() {
    ReadChanges changes = crm.as(ReadChanges.class, RecordKind.TASK);
    String id = clinic.make(RecordKind.TASK, clinic.fresh(RecordKind.TASK, "Call back"));
    String cursor = changes.changes(RecordKind.TASK, null, 100).cursor();
    hands.put(hands.read("Task", id).put("status", "completed"));
    Await.until(
        "the task is told as done",
        () ->
            changes.changes(RecordKind.TASK, cursor, 100).records().stream()
                .filter(record -> record.id().equals(id))
                .map(record -> record.fields().get("state"))
                .toList(),
        states -> states.contains(Value.of("DONE")));
  }

  @Test
  void aSubscriptionTellsOfATaskAtOnce() throws IOException {
    List<Hook> hooks = new CopyOnWriteArrayList<>();
    HttpServer ear = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ear.createContext(
        "/hooks/clinic",
        told -> {
          Map<String, String> headers = new HashMap<>();
          told.getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
          hooks.add(new Hook(told.getRequestURI().toString(), headers, told.getRequestBody().readAllBytes(), 0));
          told.sendResponseHeaders(200, -1);
          told.close();
        });
    ear.start();
    try {
      subscribe("http://127.0.0.1:" + ear.getAddress().getPort() + "/hooks/clinic");
      String id = clinic.make(RecordKind.TASK, clinic.fresh(RecordKind.TASK, "Call back"));
      ReceiveHooks reader = crm.as(ReceiveHooks.class, RecordKind.TASK);
      List<Notice> notices =
          Await.until(
              "the hook of the task",
              () -> hooks.stream().flatMap(hook -> reader.read(hook).stream()).toList(),
              some -> some.stream().anyMatch(notice -> notice.id().equals(id)));
      assertThat(notices).allMatch(notice -> notice.kind() == RecordKind.TASK && !notice.once().isEmpty());
    } finally {
      ear.stop(0);
    }
  }

  /** As docs/crm-fhir.md says. */
  private void subscribe(String endpoint) {
    ObjectNode made =
        FhirJson.object()
            .put("resourceType", "Subscription")
            .put("status", "requested")
            .put("reason", "Cordboard")
            .put("criteria", "Task?");
    ObjectNode channel =
        made.putObject("channel")
            .put("type", "rest-hook")
            .put("endpoint", endpoint)
            .put("payload", "application/fhir+json");
    channel.putArray("header").add(FhirHooks.HEADER + ": " + FhirHarness.HOOK_SECRET);
    String id = hands.make(made);
    Await.until(
        "the subscription is active",
        () -> hands.read("Subscription", id).path("status").asString(""),
        "active"::equals);
  }

  @Test
  void whatWasMeasuredLastIsSeenWithThePatient() {
    String id = patient("Runner", "+8613912340077");
    measured(id, "Heart rate", "72", "2026-01-04T08:00:00Z");
    measured(id, "Heart rate", "118", "2026-01-05T08:00:00Z");
    Value lines = found("+8613912340077").getFirst().fields().get("observations");
    assertThat(lines)
        .isEqualTo(
            Value.of(
                List.of("Heart rate: 118 /min (2026-01-05T08:00:00Z)", "Heart rate: 72 /min (2026-01-04T08:00:00Z)")));
  }

  private void measured(String patient, String what, String value, String at) {
    ObjectNode made =
        FhirJson.object().put("resourceType", "Observation").put("status", "final").put("effectiveDateTime", at);
    made.putObject("code").put("text", what);
    made.putObject("subject").put("reference", "Patient/" + patient);
    made.putObject("valueQuantity").put("value", new BigDecimal(value)).put("unit", "/min");
    made.putObject("device").put("display", "A watch");
    hands.make(made);
  }

  @Test
  void aPlanOfCareAndAnOrderAreReadWithTheirPatient() {
    String plan = clinic.make(RecordKind.TICKET, clinic.fresh(RecordKind.TICKET, "Diabetes, first year"));
    String order = clinic.make(RecordKind.ORDER, clinic.fresh(RecordKind.ORDER, "HbA1c"));
    assertThat(read(crm, RecordKind.TICKET, plan).fields())
        .containsEntry("title", Value.of("Diabetes, first year"))
        .containsEntry("state", Value.of("active"))
        .containsEntry("customer", Value.of(clinic.patient()));
    assertThat(read(crm, RecordKind.ORDER, order).fields())
        .containsEntry("title", Value.of("HbA1c"))
        .containsEntry("customer", Value.of(clinic.patient()));
  }

  @Test
  void aNumberThatChangesLeavesWhatElseIsKnownOfThePatient() {
    ObjectNode made = FhirJson.object().put("resourceType", "Patient").put("birthDate", "1980-05-31");
    made.putArray("name").addObject().put("use", "official").put("family", "王").putArray("given").add("芳");
    made.putArray("telecom")
        .add(FhirJson.object().put("system", "phone").put("value", "+8613912340088").put("use", "mobile").put("rank", 1))
        .add(FhirJson.object().put("system", "phone").put("value", "02012345678").put("use", "home"))
        .add(FhirJson.object().put("system", "fax").put("value", "02087654321"));
    String id = hands.make(made);
    assertThat(read(crm, RecordKind.CUSTOMER, id).fields()).containsEntry("name", Value.of("王芳"));
    SortedMap<String, Value> fields =
        new TreeMap<>(Map.of("phones", Value.of(List.of("+8613912340088", "+8613912340099"))));
    Written written =
        crm.as(WriteRecords.class, RecordKind.CUSTOMER)
            .write(RecordKind.CUSTOMER, List.of(new Write(UUID.randomUUID().toString(), id, null, "op", fields)))
            .getFirst();
    assertThat(written).isInstanceOf(Written.Done.class);
    ObjectNode stands = hands.read("Patient", id);
    assertThat(stands.path("birthDate").asString("")).isEqualTo("1980-05-31");
    assertThat(stands.path("name").path(0).path("family").asString("")).isEqualTo("王");
    assertThat(stands.path("telecom").toString())
        .contains("\"use\":\"mobile\"", "02087654321", "+8613912340099")
        .doesNotContain("02012345678");
  }
}
