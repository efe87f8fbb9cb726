package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers made from a good one by one change: nothing is taken for a success, or for nobody, by accident. */
class HostileTest extends TulipTest {
  private static final Object DROPPED = new Object();
  private static final String FOUND =
      "{\"code\": 0, \"rows\": [{\"id\": 12, \"ext_ref\": \"c-1\", \"rev\": 7, \"updated\": 1767574800000,"
          + " \"name\": \"Wang\", \"phones\": [{\"value\": \"13800138000\"}]}]}";
  private static final String MADE = "{\"code\": 0, \"data\": {\"id\": 12, \"rev\": 1}}";

  /** An answer, and what was changed in it. */
  private record Changed(String where, String how, String body) {}

  private static List<Changed> changed(String good) {
    List<Changed> all = new ArrayList<>();
    Object tree = Json.read(good.getBytes(java.nio.charset.StandardCharsets.UTF_8)).value();
    List<Object> others = new ArrayList<>(List.of(DROPPED, "", List.of(), Map.of(), "x", 3, true, -1, List.of(List.of())));
    others.add(null);
    for (List<Object> place : places(tree, List.of())) {
      for (Object other : others) {
        String body = other == DROPPED && place.isEmpty() ? "" : Json.text(with(tree, place, other));
        all.add(new Changed(place.toString(), other == DROPPED ? "dropped" : String.valueOf(other), body));
      }
    }
    for (int cut = 1; cut < good.length(); cut += 7) {
      all.add(new Changed("end", "cut at " + cut, good.substring(0, cut)));
    }
    all.add(new Changed("end", "twice", good + good));
    all.add(new Changed("all", "html", "<html><body>ok</body></html>"));
    all.add(new Changed("all", "deep", "[".repeat(5_000) + "]".repeat(5_000)));
    return all;
  }

  private static List<List<Object>> places(@Nullable Object tree, List<Object> here) {
    List<List<Object>> all = new ArrayList<>(List.of(here));
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> all.addAll(places(value, longer(here, key))));
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        all.addAll(places(list.get(i), longer(here, i)));
      }
    }
    return all;
  }

  private static List<Object> longer(List<Object> here, Object step) {
    List<Object> all = new ArrayList<>(here);
    all.add(step);
    return all;
  }

  private static @Nullable Object with(@Nullable Object tree, List<Object> place, @Nullable Object other) {
    if (place.isEmpty()) {
      return other;
    }
    List<Object> rest = place.subList(1, place.size());
    boolean drops = other == DROPPED && rest.isEmpty();
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>(map);
      if (drops) {
        copy.remove(place.getFirst());
      } else {
        copy.put(place.getFirst(), with(map.get(place.getFirst()), rest, other));
      }
      return copy;
    }
    List<Object> copy = new ArrayList<>((List<?>) tree);
    int at = (Integer) place.getFirst();
    if (drops) {
      copy.remove(at);
    } else {
      copy.set(at, with(copy.get(at), rest, other));
    }
    return copy;
  }

  private void each(String good, java.util.function.Consumer<Changed> body) {
    List<Changed> all = changed(good);
    assertThat(all).hasSizeGreaterThan(60);
    for (Changed one : all) {
      answers(asked -> Shop.Told.json(200, one.body()));
      try {
        body.accept(one);
      } catch (Fault fault) {
        assertThat(fault).as("%s %s", one.where(), one.how()).isNotInstanceOf(Fault.Bug.class);
      } catch (RuntimeException bare) {
        throw new AssertionError("%s %s: %s".formatted(one.where(), one.how(), bare), bare);
      }
    }
  }

  @Test
  void nobodyIsFoundOnlyWhereTheListIsEmptyOrTheNumberIsAnother() {
    each(FOUND, one -> {
      List<CrmRecord> found = crm.as(FindByNumber.class, RecordKind.CUSTOMER)
          .findByNumber(new PhoneNumber("+8613800138000"), Duration.ofSeconds(5));
      if (found.isEmpty()) {
        boolean emptyList = one.where().equals("[rows]") && one.how().equals("[]");
        boolean rowDropped = one.where().equals("[rows, 0]") && one.how().equals("dropped");
        boolean otherNumber = one.where().startsWith("[rows, 0, phones");
        assertThat(emptyList || rowDropped || otherNumber).as("%s %s", one.where(), one.how()).isTrue();
      } else {
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().fields().get("phones")).isEqualTo(new Value.Many(List.of("13800138000")));
      }
    });
  }

  @Test
  void ourIdIsNowhereOnlyWhereTheListIsEmptyOrTheIdIsAnother() {
    each(FOUND, one -> {
      if (crm.as(ReadRecords.class, RecordKind.CUSTOMER).findByRef(RecordKind.CUSTOMER, "c-1").isEmpty()) {
        assertThat(one.where()).as(one.how()).isIn("[rows]", "[rows, 0]", "[rows, 0, ext_ref]");
        assertThat(one.where().equals("[rows]") && !one.how().equals("[]")).as(one.how()).isFalse();
      }
    });
  }

  @Test
  void aListNeverEndsBecauseItsAnswerIsBroken() {
    each(FOUND, one -> {
      ScanRecords.Page page = crm.as(ScanRecords.class, RecordKind.CUSTOMER).scan(RecordKind.CUSTOMER, null, 10);
      if (page.records().isEmpty()) {
        assertThat(one.where()).as(one.how()).isIn("[rows]", "[rows, 0]");
        assertThat(one.where().equals("[rows]") && !one.how().equals("[]")).as(one.how()).isFalse();
      }
    });
  }

  @Test
  void noChangeIsPassedOverBecauseItsAnswerIsBroken() {
    answers(asked -> rows(""));
    String cursor = crm.as(ReadChanges.class, RecordKind.CUSTOMER).changes(RecordKind.CUSTOMER, null, 10).cursor();
    each(FOUND, one -> {
      ReadChanges.Page page = crm.as(ReadChanges.class, RecordKind.CUSTOMER).changes(RecordKind.CUSTOMER, cursor, 10);
      if (page.records().isEmpty()) {
        assertThat(one.where()).as(one.how()).isIn("[rows]", "[rows, 0]");
        assertThat(one.where().equals("[rows]") && !one.how().equals("[]")).as(one.how()).isFalse();
      }
    });
  }

  @Test
  void aRecordCountsAsMadeOnlyWhereItsIdIsTold() {
    List<Changed> all = changed(MADE);
    for (Changed one : all) {
      answers(asked -> asked.method().equals("GET") ? rows("") : Shop.Told.json(200, one.body()));
      Written written = crm.as(WriteRecords.class, RecordKind.CUSTOMER).write(RecordKind.CUSTOMER,
          List.of(new Write("c-1", null, null, "op", new TreeMap<>(Map.of("name", new Value.Text("Wang")))))).getFirst();
      if (written instanceof Written.Done done && !one.where().equals("[data, id]")) {
        assertThat(done.id()).as("%s %s", one.where(), one.how()).isEqualTo("12");
      }
      if (written instanceof Written.Failed(Fault fault)) {
        assertThat(fault).as("%s %s", one.where(), one.how()).isInstanceOf(Fault.OutcomeUnknown.class);
      }
    }
  }
}
