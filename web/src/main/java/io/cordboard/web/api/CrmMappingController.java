package io.cordboard.web.api;

import io.cordboard.core.journey.MapCrms;
import io.cordboard.core.sync.CrmStore.MappingVersion;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.web.api.CrmView.CrmMistake;
import io.cordboard.web.api.CrmView.CrmSample;
import io.cordboard.web.api.CrmView.MappingLine;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How our fields go with those of a system that is joined. */
@Tag(name = "crms")
@RestController
@RequestMapping("/api/v1/crms/{name}/mappings/{kind}")
class CrmMappingController {
  private static final int MOST = 300;
  private final MapCrms mappings;
  private final Users users;

  CrmMappingController(MapCrms mappings, Users users) {
    this.mappings = mappings;
    this.users = users;
  }

  /**
   * How a kind of records is mapped.
   *
   * @param version sent back with a change; 0 where the file or the adapter says how
   * @param theirs fields of the system; empty where it cannot tell or does not answer: then trouble says why
   */
  record CrmMapping(
      String kind, long version, List<MappingLine> rules, List<OurField> ours, List<TheirField> theirs,
      @Nullable String trouble) {
    static CrmMapping of(MapCrms.Mapped one) {
      return new CrmMapping(
          one.kind().word(), one.version(), one.rules().stream().map(MappingLine::of).toList(),
          one.ours().stream().map(OurField::of).toList(), one.theirs().stream().map(TheirField::of).toList(),
          one.trouble());
    }
  }

  /** A field of ours; options is empty where anything of its type may stand in it. */
  record OurField(String name, String type, List<String> options) {
    static OurField of(OurFields.Field field) {
      return new OurField(field.name(), field.type().name(), field.options());
    }
  }

  /**
   * A field of theirs.
   *
   * @param suits the field of ours that it usually goes with
   */
  record TheirField(
      String name, String label, String type, boolean required, boolean readOnly, List<String> options,
      @Nullable String suits) {
    static TheirField of(Field field) {
      return new TheirField(
          field.name(), field.label(), field.type().name(), field.required(), field.readOnly(), field.options(),
          field.suits());
    }
  }

  record MappingHistory(List<PastMapping> items, @Nullable String next) {}

  /** A mapping as it was once; by whom it was saved, for people to read. */
  record PastMapping(long version, Instant at, String by, List<MappingLine> rules) {}

  /** Lines to be tried. */
  record MappingDraft(List<MappingLine> rules) {
    List<Map<String, Object>> lines() {
      Input.between("rules", Input.whole("rules", rules).size(), 0, MOST);
      return rules.stream().map(MappingLine::line).toList();
    }
  }

  /** Lines to be kept; version that they were made from. */
  record MappingOrder(long version, List<MappingLine> rules) {}

  /** Which version shall stand again; version that stands now. */
  record MappingReturn(long version, long to) {}

  /** What a mapping would do. */
  record MappingPreview(List<CrmMistake> mistakes, List<CrmSample> read, List<CrmSample> written) {}

  @Operation(summary = "How a kind of records is mapped, with the fields of both sides")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping
  CrmMapping read(@PathVariable String name, @PathVariable String kind, Principal who) {
    return CrmMapping.of(mappings.read(who, name, kind(kind)));
  }

  @Operation(summary = "What the mapping was, the newest first")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping("/versions")
  MappingHistory versions(
      @PathVariable String name,
      @PathVariable String kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      Principal who) {
    PeopleNames names = new PeopleNames(users);
    Page<MappingVersion> page =
        Page.of(mappings.versions(who, name, kind(kind)), cursor, limit, one -> String.valueOf(one.version()));
    return new MappingHistory(
        page.items().stream()
            .map(
                one ->
                    new PastMapping(
                        one.version(), Clock.instant(one.at()), names.of(one.by()),
                        one.rules().stream().map(MappingLine::of).toList()))
            .toList(),
        page.next());
  }

  @Operation(summary = "Show with real records what other lines would do; keeps nothing")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/preview")
  MappingPreview preview(
      @PathVariable String name, @PathVariable String kind, @RequestBody MappingDraft draft, Principal who) {
    MapCrms.Preview preview = mappings.preview(who, name, kind(kind), draft.lines());
    return new MappingPreview(
        CrmMistake.all(preview.mistakes()), CrmSample.all(preview.read()), CrmSample.all(preview.written()));
  }

  @Operation(summary = "Keep lines as the next version; records flow by them from now on")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping
  CrmMapping save(
      @PathVariable String name, @PathVariable String kind, @RequestBody MappingOrder order, Principal who) {
    return CrmMapping.of(
        mappings.save(who, name, kind(kind), order.version(), new MappingDraft(order.rules()).lines()));
  }

  @Operation(summary = "Keep what stood in an earlier version as the next one")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/take-back")
  CrmMapping takeBack(
      @PathVariable String name, @PathVariable String kind, @RequestBody MappingReturn order, Principal who) {
    return CrmMapping.of(mappings.takeBack(who, name, kind(kind), order.version(), order.to()));
  }

  private static RecordKind kind(String word) {
    return Code.of("kind", RecordKind.class, word);
  }
}
