package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a real Odoo takes; docs/crm-odoo.md has the figures. */
@Tag("real-odoo")
class OdooSpeedTest {
  private static final int TIMES = 50;

  @Test
  void aNoteStandsWithinTwoSecondsAndACallerIsFoundWithinTheTimeOfALookUp() {
    RealOdoo odoo = RealOdoo.get();
    try (OdooCrm crm = odoo.connect(odoo.url)) {
      String customer =
          odoo.create("res.partner", Map.of("name", "Timed", "phone", "+12125550199"));
      PhoneNumber number = new PhoneNumber("+12125550199");
      write(crm, customer, 1);
      long[] notes = timed("a note written", TIMES, i -> write(crm, customer, 1));
      long[] finds =
          timed(
              "a caller found",
              TIMES,
              i -> assertThat(crm.findByNumber(number, Duration.ofSeconds(5))).isNotEmpty());
      timed(
          "a customer read",
          TIMES,
          i -> assertThat(crm.read(RecordKind.CUSTOMER, List.of(customer))).hasSize(1));
      timed("nothing changed", TIMES, poll(crm));
      timed("fifty notes in one write", 5, i -> write(crm, customer, 50));
      assertThat(notes[TIMES - 1]).isLessThan(2_000);
      assertThat(finds[TIMES / 2]).isLessThan(800);
    }
  }

  private static IntConsumer poll(OdooCrm crm) {
    String[] cursor = {crm.changes(RecordKind.CUSTOMER, null, 200).cursor()};
    return i -> cursor[0] = crm.changes(RecordKind.CUSTOMER, cursor[0], 200).cursor();
  }

  private static void write(OdooCrm crm, String customer, int together) {
    List<Write> writes =
        IntStream.range(0, together)
            .mapToObj(
                i -> new Write(UUID.randomUUID().toString(), null, null, "op", note(customer)))
            .toList();
    assertThat(crm.write(RecordKind.INTERACTION, writes))
        .hasSize(together)
        .allMatch(Written.Done.class::isInstance);
  }

  private static TreeMap<String, Value> note(String customer) {
    return new TreeMap<>(
        Map.of(
            "customer", Value.of(customer),
            "subject", Value.of("Call"),
            "direction", Value.of("in"),
            "outcome", Value.of("answered"),
            "notes", Value.of("All is well.")));
  }

  /** Milliseconds of each, the shortest first. */
  private static long[] timed(String what, int times, IntConsumer deed) {
    long[] took = new long[times];
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      deed.accept(i);
      took[i] = (System.nanoTime() - begun) / 1_000_000;
    }
    Arrays.sort(took);
    System.out.printf("%s: p50 %d ms, p99 %d ms%n", what, took[times / 2], took[times - 1]);
    return took;
  }
}
