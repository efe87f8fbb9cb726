package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A connection to a real Odoo, and what its stories do with it. */
abstract class OdooStory {
  static final Duration SOON = Duration.ofSeconds(10);

  static RealOdoo odoo;
  static OdooCrm crm;

  @BeforeAll
  static void connect() {
    odoo = RealOdoo.get();
    crm = odoo.connect(odoo.url);
  }

  @AfterAll
  static void close() {
    crm.close();
  }

  static SortedMap<String, Value> fields(Object... pairs) {
    SortedMap<String, Value> fields = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(
          (String) pairs[i],
          pairs[i + 1] instanceof Value value ? value : Value.of((String) pairs[i + 1]));
    }
    return fields;
  }

  static String ref() {
    return UUID.randomUUID().toString();
  }

  static Written.Done done(
      RecordKind kind, String ref, String id, SortedMap<String, Value> fields) {
    Written written = crm.write(kind, List.of(new Write(ref, id, null, "op", fields))).getFirst();
    assertThat(written).isInstanceOf(Written.Done.class);
    return (Written.Done) written;
  }

  static CrmRecord read(RecordKind kind, String id) {
    return crm.read(kind, List.of(id)).getFirst();
  }

  static PhoneNumber number() {
    return new PhoneNumber(
        "+1212%07d".formatted(ThreadLocalRandom.current().nextInt(2_000_000, 9_999_999)));
  }

  static String customer(String name) {
    return done(RecordKind.CUSTOMER, ref(), null, fields("name", name)).id();
  }

  static String body(String note) {
    return odoo.call(
            "mail.message",
            "read",
            Map.of("ids", List.of(Long.valueOf(note)), "fields", List.of("body")))
        .path(0)
        .path("body")
        .asString();
  }
}
