package io.cordboard.web.api;

import io.cordboard.core.journey.ConnectCrms;
import io.cordboard.core.journey.ConnectCrms.Detail;
import io.cordboard.core.journey.ConnectCrms.Standing;
import io.cordboard.core.journey.CrmTrial;
import io.cordboard.core.sync.CrmWatch.Flow;
import io.cordboard.core.sync.FieldRule;
import io.cordboard.core.sync.MappingForm;
import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.RecordKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to another system, and how it stands.
 *
 * @param state RUNNING, WAITING (it does not answer or asks for a pause: what waits is kept), FAILED (it could not be
 *     joined) or OFF
 * @param kinds which kinds of records flow
 * @param capabilities what it can do, such as customer:write; empty while it does not run
 * @param trouble why records do not flow or its changes are not read; null when all is well
 * @param perSecond how many requests it is sent a second at most, 0 for no limit; requests are those since the start
 * @param marked how many of our customers were handed in to be sent, while that goes on
 */
record CrmView(
    String name, String adapter, long version, boolean on, boolean internal, String state, List<String> kinds,
    List<String> capabilities, @Nullable String trouble, double perSecond, long requests, CrmFlow flow,
    @Nullable Long marked) {

  static CrmView of(Standing one) {
    return new CrmView(
        one.row().name(), one.row().adapter(), one.row().version(), one.row().on(), one.row().internal(),
        one.state().name(), kinds(one.row().kinds()), ConnectCrms.words(one.abilities()), one.trouble(),
        one.perSecond(), one.requests(), CrmFlow.of(one.flow()), one.marked());
  }

  private static List<String> kinds(Collection<RecordKind> kinds) {
    return kinds.stream().sorted().map(RecordKind::word).toList();
  }

  /**
   * What flows.
   *
   * @param waiting records that are still to be sent or taken over; oldestAt since when the first of them waits
   * @param endsAt when all that waits will be done, if it goes on as in the last half minute
   * @param sent since the start, like repeated (attempts), received and changed (with us)
   * @param dead records that wait for a person, see the dead letters of the kinds crm:NAME and crm-hook:NAME
   */
  record CrmFlow(
      long waiting, @Nullable Instant oldestAt, @Nullable Instant endsAt, long sent, long repeated, long received,
      long changed, long dead, @Nullable Instant deadSince, @Nullable Instant movedAt) {
    static CrmFlow of(Flow flow) {
      return new CrmFlow(
          flow.waiting(), Clock.instantOrNull(flow.oldestAt()), Clock.instantOrNull(flow.endsAt()), flow.sent(),
          flow.repeated(), flow.received(), flow.changed(), flow.dead(), Clock.instantOrNull(flow.deadSince()),
          Clock.instantOrNull(flow.movedAt()));
    }
  }

  /**
   * A connection with its file.
   *
   * @param settings names of what stands in no file; their values are never shown
   */
  record CrmDetail(CrmView crm, String file, List<String> settings) {
    static CrmDetail of(Detail detail) {
      return new CrmDetail(
          CrmView.of(detail.standing()), detail.standing().row().file(), List.copyOf(detail.settings()));
    }
  }

  /**
   * What came of trying a connection.
   *
   * @param ok whether it can be joined as it is, and everything that was looked at works
   * @param trouble why it could not be asked
   */
  record CrmTried(
      String name, String adapter, boolean ok, List<CrmMistake> mistakes, @Nullable String trouble,
      List<String> capabilities, List<CrmKind> kinds) {
    static CrmTried of(CrmTrial trial) {
      List<CrmKind> kinds = trial.kinds().stream().map(CrmKind::of).toList();
      return new CrmTried(
          trial.name(), trial.adapter(), trial.ok(), CrmMistake.all(trial.mistakes()), trial.trouble(),
          kinds.stream().flatMap(kind -> kind.capabilities().stream()).toList(), kinds);
    }
  }

  /** What is wrong in a file or a mapping; path such as find.phone.each[1]. */
  record CrmMistake(String path, String detail) {
    static List<CrmMistake> all(List<Mistake> mistakes) {
      return mistakes.stream().map(one -> new CrmMistake(one.path(), one.words())).toList();
    }
  }

  /**
   * What would flow of one kind of records.
   *
   * @param read some records of theirs, and what would stand with us
   * @param written some records of ours, and what would be written there
   */
  record CrmKind(
      String kind, List<String> capabilities, List<CrmLook> looks, List<MappingLine> rules, List<CrmSample> read,
      List<CrmSample> written) {
    static CrmKind of(CrmTrial.Kind one) {
      return new CrmKind(
          one.kind().word(), ConnectCrms.words(Map.of(one.kind(), one.abilities())),
          one.looks().stream().map(look -> new CrmLook(look.ability().word(), look.trouble())).toList(),
          one.rules().stream().map(MappingLine::of).toList(), CrmSample.all(one.read()),
          CrmSample.all(one.written()));
    }
  }

  /** One harmless look; trouble is null where it works. */
  record CrmLook(String ability, @Nullable String trouble) {}

  /** A record on both sides; values as people read them, long ones cut. */
  record CrmSample(
      String id, Map<String, String> theirs, Map<String, String> ours, @Nullable String trouble) {
    static List<CrmSample> all(List<CrmTrial.Sample> samples) {
      return samples.stream()
          .map(one -> new CrmSample(one.id(), one.theirs(), one.ours(), one.trouble()))
          .toList();
    }
  }

  /**
   * How a field of ours goes with one of theirs.
   *
   * @param way both, out (to them) or in (to us)
   * @param convert as-is, phones, first-phone, emails, first-email, seconds or day; null where a table stands, or for the
   *     usual one
   * @param wins ours, theirs or newer: who is right when both sides changed the field
   * @param table values of ours with their counterparts
   */
  record MappingLine(
      String ours, String theirs, @Nullable String way, @Nullable String convert, @Nullable String wins,
      @Nullable Map<String, String> table) {
    static MappingLine of(FieldRule rule) {
      Map<String, Object> line = MappingForm.line(rule);
      return new MappingLine(
          rule.ours(), rule.theirs(), text(line.get("way")), text(line.get("convert")), text(line.get("wins")),
          rule.conversion() instanceof io.cordboard.core.sync.Conversion.Table(Map<String, String> lines)
              ? lines
              : null);
    }

    private static @Nullable String text(@Nullable Object value) {
      return value == null ? null : value.toString();
    }

    Map<String, Object> line() {
      Map<String, Object> line = new java.util.LinkedHashMap<>();
      line.put("ours", ours);
      line.put("theirs", theirs);
      put(line, "way", way);
      put(line, "convert", convert);
      put(line, "wins", wins);
      put(line, "table", table);
      return line;
    }

    private static void put(Map<String, Object> line, String key, @Nullable Object value) {
      if (value != null) {
        line.put(key, value);
      }
    }
  }
}
