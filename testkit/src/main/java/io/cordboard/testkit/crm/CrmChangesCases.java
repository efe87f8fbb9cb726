package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What changed is told. */
interface CrmChangesCases {
  int AT_ONCE = 25;

  CrmRig rig();

  private Map<String, CrmRecord> awaitTold(ReadChanges from, RecordKind kind, String cursor, Set<String> ids) {
    return Await.until(
        "all changes are told", () -> rig().told(from, kind, cursor, 100), told -> told.keySet().containsAll(ids));
  }

  @Test
  default void whatIsMadeAndWhatIsChangedIsTold() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String old = rig().makes(kind, rig().fresh("Old"));
              String cursor = rig().cursor(kind);
              String words = rig().fresh("New");
              String made = rig().makes(kind, rig().fresh("Made"));
              rig().rewords(kind, old, words);
              Map<String, CrmRecord> told = awaitTold(rig().changes(kind), kind, cursor, Set.of(made, old));
              Await.until("the change is told", () -> rig().words(told(kind, cursor, old)), Value.of(words)::equals);
              assertThat(told.get(made)).isNotNull().extracting(CrmRecord::state).isEqualTo(State.LIVE);
            },
            Ability.CHANGES);
  }

  private CrmRecord told(RecordKind kind, String cursor, String id) {
    return Objects.requireNonNull(rig().told(rig().changes(kind), kind, cursor, 100).get(id));
  }

  @Test
  default void nothingIsLostWhereManyChangeAtTheSameTime() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String cursor = rig().cursor(kind);
              Set<String> ids = new HashSet<>();
              for (int i = 0; i < AT_ONCE; i++) {
                ids.add(rig().makes(kind, rig().fresh("Same time")));
              }
              for (int most : List.of(1, 3, 100)) {
                Await.until(
                    "all are told in pages of " + most,
                    () -> rig().told(rig().changes(kind), kind, cursor, most).keySet(),
                    told -> told.containsAll(ids));
              }
            },
            Ability.CHANGES);
  }

  @Test
  default void theCursorOfEveryPageMayBeKept() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String cursor = rig().cursor(kind);
              Set<String> missing = new HashSet<>();
              for (int i = 0; i < 7; i++) {
                missing.add(rig().makes(kind, rig().fresh("Kept")));
              }
              awaitTold(rig().changes(kind), kind, cursor, missing);
              String at = cursor;
              for (int page = 0; page < 200 && !missing.isEmpty(); page++) {
                ReadChanges.Page told;
                try (Crm restarted = rig().harness().another()) {
                  told = restarted.as(ReadChanges.class, kind).changes(kind, at, 2);
                }
                told.records().forEach(record -> missing.remove(record.id()));
                at = told.cursor();
              }
              assertThat(missing).isEmpty();
            },
            Ability.CHANGES);
  }

  @Test
  default void whatChangesWhilePagesAreReadIsToldToo() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String at = rig().cursor(kind);
              Map<String, String> wished = new HashMap<>();
              List<String> ids = new ArrayList<>();
              for (int i = 0; i < 6; i++) {
                ids.add(rig().makes(kind, rig().fresh("Before")));
              }
              Map<String, Value> told = new HashMap<>();
              for (int round = 0; round < 6; round++) {
                String words = rig().fresh("Meanwhile");
                rig().rewords(kind, ids.get(round), words);
                wished.put(ids.get(round), words);
                ReadChanges.Page page = rig().changes(kind).changes(kind, at, 2);
                page.records().forEach(record -> told.put(record.id(), wordsOf(record)));
                at = page.cursor();
              }
              String rest = at;
              wished.forEach(
                  (id, words) ->
                      Await.until(
                          "the last change of each is told",
                          () -> rig().told(rig().changes(kind), kind, rest, 100),
                          last ->
                              Value.of(words).equals(last.containsKey(id) ? wordsOf(last.get(id)) : told.get(id))));
            },
            Ability.CHANGES);
  }

  private Value wordsOf(CrmRecord record) {
    return record.fields().getOrDefault(rig().harness().words(record.kind()), Value.EMPTY);
  }

  @Test
  default void whatWasDeletedIsTold() {
    rig().needs(Able.HANDS, Able.DELETES, Able.TELLS_DELETED);
    rig()
        .each(
            kind -> {
              String id = rig().makes(kind, rig().fresh("To go"));
              String cursor = rig().cursor(kind);
              rig().harness().delete(kind, id);
              Map<String, CrmRecord> told = awaitTold(rig().changes(kind), kind, cursor, Set.of(id));
              Await.until("it is told as deleted", () -> told(kind, cursor, id).state(), State.DELETED::equals);
              assertThat(told).containsKey(id);
            },
            Ability.CHANGES);
  }

  @Test
  default void whatWasMergedIsToldWithWhatItIsAPartOf() {
    rig().needs(Able.HANDS, Able.MERGES, Able.TELLS_MERGED);
    rig()
        .each(
            kind -> {
              if (kind != RecordKind.CUSTOMER) {
                return;
              }
              String from = rig().makes(kind, rig().fresh("Twin"));
              String into = rig().makes(kind, rig().fresh("Twin"));
              String cursor = rig().cursor(kind);
              rig().harness().merge(kind, from, into);
              awaitTold(rig().changes(kind), kind, cursor, Set.of(from));
              Await.until("it is told as merged", () -> told(kind, cursor, from).state(), State.MERGED::equals);
              assertThat(told(kind, cursor, from).mergedInto()).isEqualTo(into);
            },
            Ability.CHANGES);
  }

  @Test
  default void aCursorThatIsTooOldIsAGapAndTellsWhereToGoOn() {
    rig().needs(Able.HANDS, Able.FORGETS);
    rig()
        .each(
            kind -> {
              String cursor = rig().cursor(kind);
              rig().makes(kind, rig().fresh("Forgotten"));
              rig().harness().forgetChanges(kind);
              ReadChanges.Page page = rig().changes(kind).changes(kind, cursor, 100);
              assertThat(page.gap()).isTrue();
              String made = rig().makes(kind, rig().fresh("After"));
              awaitTold(rig().changes(kind), kind, page.cursor(), Set.of(made));
            },
            Ability.CHANGES);
  }

  @Test
  default void whatIsNoCursorIsAGapOrRefused() {
    rig()
        .each(
            kind -> {
              try {
                assertThat(rig().changes(kind).changes(kind, "no cursor {1}", 100).gap()).isTrue();
              } catch (Fault.BadRequest | Fault.Refused said) {
                assertThat(said.getMessage()).isNotBlank();
              }
            },
            Ability.CHANGES);
  }

  @Test
  default void tenMinutesBetweenTheClocksLoseNothing() {
    rig().needs(Able.HANDS, Able.CLOCK);
    rig()
        .each(
            kind -> {
              for (Duration skew : List.of(Duration.ofMinutes(10), Duration.ofMinutes(-10))) {
                try (Crm wrong = rig().harness().skewed(skew)) {
                  ReadChanges changes = wrong.as(ReadChanges.class, kind);
                  String cursor = changes.changes(kind, null, 100).cursor();
                  String first = rig().makes(kind, rig().fresh("Skew"));
                  Set<String> ids = Set.of(first, rig().makes(kind, rig().fresh("Skew")));
                  awaitTold(changes, kind, cursor, ids);
                }
              }
            },
            Ability.CHANGES);
  }
}
