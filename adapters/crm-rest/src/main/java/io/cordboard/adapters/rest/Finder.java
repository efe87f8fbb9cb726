package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.expression.Numbers;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.CrmRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for records. What comes back is believed only as far as it fits what was looked for: some systems take equal for
 * similar, and some leave a filter aside.
 */
final class Finder {
  private final String system;
  private final Sender sender;
  private final Numbers numbers;
  private final Clock clock;

  Finder(String system, Sender sender, Numbers numbers, Clock clock) {
    this.system = system;
    this.sender = sender;
    this.numbers = numbers;
    this.clock = clock;
  }

  List<CrmRecord> byNumber(KindPlan kind, PhoneNumber number, Duration within) {
    FindPlan plan = must(kind, "phone");
    Duration time = within.compareTo(plan.time()) < 0 ? within : plan.time();
    long until = clock.nanos() + time.toNanos();
    Map<String, CrmRecord> found = new LinkedHashMap<>();
    for (String writing : plan.writings()) {
      String written = numbers.written(number.e164(), writing).orElse("");
      for (String field : plan.inFields()) {
        if (written.isEmpty() || (!found.isEmpty() && !plan.all())) {
          continue;
        }
        Duration left = Duration.ofNanos(until - clock.nanos());
        if (left.toMillis() < 1) {
          throw new Fault.Unreachable(
              "'%s' was not asked for every writing of the number within %d ms.".formatted(system, time.toMillis()), null);
        }
        Map<String, Object> names = new HashMap<>(
            Map.of("q", number.e164(), "writing", writing, "field", field, "page", Map.of("limit", plan.most())));
        collect(kind, plan, names, left, record -> hasNumber(kind, record, number), found);
      }
    }
    return List.copyOf(found.values());
  }

  private boolean hasNumber(KindPlan kind, CrmRecord record, PhoneNumber number) {
    return kind.row().texts(record, "phones").stream().anyMatch(raw -> numbers.same(number.e164(), raw));
  }

  List<CrmRecord> byEmail(KindPlan kind, String address, Duration within) {
    FindPlan plan = must(kind, "email");
    Map<String, CrmRecord> found = new LinkedHashMap<>();
    Map<String, Object> names = new HashMap<>(Map.of("q", address, "page", Map.of("limit", plan.most())));
    collect(kind, plan, names, within.compareTo(plan.time()) < 0 ? within : plan.time(),
        record -> kind.row().texts(record, "emails").stream().anyMatch(address.strip()::equalsIgnoreCase), found);
    return List.copyOf(found.values());
  }

  Optional<CrmRecord> byRef(KindPlan kind, String ref) {
    FindPlan plan = kind.find().get("ref");
    if (plan == null) {
      throw new Fault.Refused(
          "'%s' cannot find records of kind '%s' by our id: its file has no 'find.ref'.".formatted(system, kind.kind().word()));
    }
    Map<String, CrmRecord> found = new LinkedHashMap<>();
    Map<String, Object> names = new HashMap<>(
        Map.of("q", ref, "ref", ref, "page", Map.of("limit", plan.most())));
    collect(kind, plan, names, plan.time(), record -> Objects.equals(record.ref(), ref), found);
    if (found.size() > 1) {
      throw new Fault.Refused(
          "'%s' has %d records of kind '%s' with our id '%s': keep one of them."
              .formatted(system, found.size(), kind.kind().word(), Fault.excerpt(ref)));
    }
    return found.values().stream().findFirst();
  }

  List<CrmRecord> byId(KindPlan kind, List<String> ids) {
    FindPlan plan = must(kind, "id");
    Map<String, CrmRecord> found = new LinkedHashMap<>();
    for (int from = 0; from < ids.size(); from += kind.mostRead()) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + kind.mostRead()));
      Map<String, Object> names = new HashMap<>(
          Map.of("q", some.getFirst(), "id", some.getFirst(), "ids", List.copyOf(some),
              "page", Map.of("limit", Math.max(plan.most(), some.size()))));
      collect(kind, plan, names, plan.time(), record -> some.contains(record.id()), found);
    }
    return List.copyOf(found.values());
  }

  private FindPlan must(KindPlan kind, String way) {
    FindPlan plan = kind.find().get(way);
    if (plan == null) {
      throw new Fault.Refused("'%s' cannot look by '%s'; its file does not say how.".formatted(system, way));
    }
    return plan;
  }

  private void collect(
      KindPlan kind, FindPlan plan, Map<String, Object> names, Duration within, Predicate<CrmRecord> meant,
      Map<String, CrmRecord> found) {
    Sender.Answered answer = sender.ask(plan.request(), names, within);
    if (isNone(kind, plan, answer)) {
      return;
    }
    if (answer.meaning() != Meaning.OK) {
      throw new Fault.Refused("'%s' answered a search with '%s': %s"
          .formatted(system, answer.meaning().word(), answer.words()));
    }
    List<Object> rows = plan.rows().of(answer.scope());
    int accepted = 0;
    for (Object row : rows) {
      Scope seen = answer.scope().at(row);
      CrmRecord record = kind.row().record(seen);
      if (plan.trust() || (plan.accept() == null ? meant.test(record) : plan.accept().holds(seen))) {
        found.putIfAbsent(record.id(), record);
        accepted++;
      }
    }
    mustBeFiltered(plan, rows.size(), accepted);
    if (found.size() >= plan.most() && plan.most() > 1 && rows.size() >= plan.most()) {
      throw new Fault.Refused(
          "'%s' has %d records or more that fit: more than a person could choose from.".formatted(system, found.size()));
    }
  }

  // a full page without a hit tells nothing of what stands on the next one
  private void mustBeFiltered(FindPlan plan, int rows, int accepted) {
    if (accepted == 0 && rows > 0 && (plan.rows().single() || rows >= plan.most())) {
      throw new Fault.Refused(
          "'%s' gave %d records of which none fits what was looked for: its filter seems to be left aside."
              .formatted(system, rows));
    }
  }

  private static boolean isNone(KindPlan kind, FindPlan plan, Sender.Answered answer) {
    boolean named = plan == kind.find().get("id") || plan == kind.find().get("ref");
    return answer.meaning() == Meaning.NONE || (named && answer.meaning() == Meaning.NOT_FOUND);
  }

  /** The records of a list, for what reads them in pages. */
  static List<CrmRecord> records(KindPlan kind, List<Object> rows, Scope scope, @Nullable FeedPlan deleted) {
    List<CrmRecord> records = new ArrayList<>();
    for (Object row : rows) {
      Scope seen = scope.at(row);
      if (deleted == null || deleted.id() == null) {
        records.add(kind.row().record(seen));
      } else {
        records.add(CrmRecord.deleted(
            kind.kind(), RowPlan.mustId(deleted.id(), seen), "", RowPlan.changedAt(deleted.changed(), seen)));
      }
    }
    return records;
  }
}
