package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.RecordKind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of records of one kind.
 *
 * @param find by what they are looked for
 * @param scan all of them, in pages
 */
record KindPlan(
    RecordKind kind, RowPlan row, Map<String, FindPlan> find, @Nullable FeedPlan changes, @Nullable FeedPlan gone,
    @Nullable List list, @Nullable WritePlan write, @Nullable RequestPlan remove, @Nullable DescribePlan describe,
    int mostRead) {

  /** A list in pages. */
  record List(RequestPlan request, RowsPlan rows, PagePlan page) {}

  static KindPlan read(RecordKind kind, Part part, FieldPlan.Kit kit, boolean form) {
    Compiler compiler = kit.compiler();
    RowPlan row = RowPlan.read(kind, part.mustAt("row"), part.mustAt("fields"), kit);
    Map<String, FindPlan> find = find(kind, part, row, compiler, form);
    FeedPlan changes = null;
    FeedPlan gone = null;
    if (part.has("changes")) {
      Part feed = part.at("changes");
      changes = FeedPlan.read(feed, compiler, form, false);
      if (changes.byTime() && row.changed() == null) {
        part.mistake("row.changed", "This is missing: changes are followed by the time of a record's last change.");
      }
      if (feed.has("gone")) {
        Part deleted = feed.at("gone");
        gone = FeedPlan.read(deleted, compiler, form, true);
        deleted.close();
      }
      feed.close();
    }
    List list = null;
    if (part.has("scan")) {
      Part scan = part.at("scan");
      list = new List(
          RequestPlan.read(scan, compiler, Place.OPEN, form), RowsPlan.read(scan, compiler), PagePlan.read(scan, compiler));
      scan.close();
    }
    WritePlan write = part.has("write")
        ? WritePlan.read(part.at("write"), compiler, form, row.version() != null, find.containsKey("ref")) : null;
    RequestPlan remove = null;
    if (part.has("remove")) {
      Part removed = part.at("remove");
      remove = RequestPlan.read(removed, compiler, Place.OPEN, form);
      removed.close();
    }
    DescribePlan describe = part.has("describe") ? DescribePlan.read(part.at("describe"), compiler, form) : null;
    int mostRead = part.has("find") && part.at("find").has("id") ? mostRead(part.at("find").at("id")) : 1;
    part.close();
    return new KindPlan(kind, row, find, changes, gone, list, write, remove, describe, mostRead);
  }

  private static int mostRead(Part id) {
    return id.number("at_once", 1, 1, 500);
  }

  private static Map<String, FindPlan> find(RecordKind kind, Part part, RowPlan row, Compiler compiler, boolean form) {
    Map<String, FindPlan> find = new LinkedHashMap<>();
    if (!part.has("find")) {
      return find;
    }
    Part ways = part.at("find");
    for (String way : FindPlan.WAYS) {
      if (ways.has(way)) {
        Part below = ways.at(way);
        below.raw("at_once");
        find.put(way, FindPlan.read(below, compiler, form));
      }
    }
    ways.close();
    lookAtComparison(part, find.get("phone"), row, "phone", "phones");
    lookAtComparison(part, find.get("email"), row, "email", "emails");
    if (kind != RecordKind.CUSTOMER && (find.containsKey("phone") || find.containsKey("email"))) {
      part.mistake("find", "Only customers are looked for by number or e-mail address.");
    }
    FindPlan ref = find.get("ref");
    if (ref != null && row.ref() == null && !ref.trust() && ref.accept() == null) {
      part.mistake("find.ref", "Found records are compared by our id: 'row.ref' is missing.");
    }
    return find;
  }

  private static void lookAtComparison(Part part, @Nullable FindPlan plan, RowPlan row, String way, String ours) {
    if (plan != null && plan.accept() == null && !plan.trust() && !row.hasFieldFor(ours)) {
      part.mistake("find." + way,
          "What is found is compared with what was looked for: mark a field with 'suits: %s', or give an 'accept'.".formatted(ours));
    }
  }

  /** What this makes possible. */
  Set<Ability> abilities(boolean hooks) {
    Set<Ability> abilities = EnumSet.of(Ability.FIELDS);
    add(abilities, Ability.FIND_BY_NUMBER, find.containsKey("phone"));
    add(abilities, Ability.FIND_BY_EMAIL, find.containsKey("email"));
    add(abilities, Ability.READ, find.containsKey("id"));
    add(abilities, Ability.CHANGES, changes != null);
    add(abilities, Ability.SCAN, list != null);
    add(abilities, Ability.WRITE, write != null);
    add(abilities, Ability.REMOVE, remove != null);
    add(abilities, Ability.HOOKS, hooks);
    return abilities;
  }

  private static void add(Set<Ability> abilities, Ability ability, boolean there) {
    if (there) {
      abilities.add(ability);
    }
  }
}
