package io.cordboard.core.setup;

import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Hours.Time;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Notice;
import io.cordboard.core.routing.Line.Voicemail;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.Setup.Section;
import io.cordboard.core.trust.Phone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set-up as the file writes it: texts, numbers, flags, lists and mappings. The reader reads it back. */
public final class SetupForm {
  private SetupForm() {}

  /** All of it, by section. */
  public static Map<String, List<Map<String, Object>>> of(Setup setup) {
    Map<String, List<Map<String, Object>>> file = new LinkedHashMap<>();
    for (Section section : Section.values()) {
      file.put(section.key(), new ArrayList<>(entries(setup, section).values()));
    }
    return file;
  }

  /** The entries of a section by name. */
  static Map<String, Map<String, Object>> entries(Setup setup, Section section) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    switch (section) {
      case USERS -> setup.users().forEach((name, it) -> found.put(name, person(name, it)));
      case TEAMS -> setup.teams().forEach((id, label) -> found.put(id, labelled("id", id, label)));
      case QUEUES -> setup.queues().forEach((id, it) -> found.put(id, group(id, it)));
      case HOURS -> setup.hours().forEach((id, it) -> found.put(id, hours(it)));
      case LINES -> setup.lines().forEach((did, it) -> found.put(did, line(it)));
      case DISPOSITIONS ->
          setup.dispositions().forEach((code, it) -> found.put(code, OutcomeForms.written(it)));
      case FIELDS -> setup.fields().forEach((id, it) -> found.put(id, OutcomeForms.written(it)));
      case TEMPLATES ->
          setup.templates().forEach((id, it) -> found.put(id, OutcomeForms.written(it)));
      case TRUNKS -> setup.trunks().forEach((name, it) -> found.put(name, trunk(name, it)));
    }
    return found;
  }

  private static Map<String, Object> person(String name, Person person) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", name);
    form.put("shown", person.shown().value());
    form.put("role", Form.written(person.role()));
    list(form, "grants", person.grants().stream().map(Form::written).sorted().toList());
    if (!person.active()) {
      form.put("active", false);
    }
    phone(form, "phone", person.phone());
    phone(form, "sparePhone", person.spare());
    text(form, "team", person.team());
    return form;
  }

  private static void phone(Map<String, Object> form, String key, @Nullable Phone phone) {
    if (phone != null) {
      Map<String, Object> device = new LinkedHashMap<>();
      device.put("switch", phone.switchId());
      device.put("extension", phone.address());
      device.put("kind", Form.written(phone.kind()));
      form.put(key, device);
    }
  }

  private static Map<String, Object> labelled(String key, String id, String label) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(key, id);
    form.put("label", label);
    return form;
  }

  private static Map<String, Object> group(String id, Group group) {
    Map<String, Object> form = labelled("id", id, group.label());
    list(form, "agents", group.agents());
    list(form, "teams", group.teams());
    if (group.comfort().announceSeconds() > 0) {
      form.put("announceSeconds", group.comfort().announceSeconds());
    }
    text(form, "callBackKey", group.comfort().callBackKey());
    if (group.comfort().callBackTries() != Comfort.TRIES) {
      form.put("callBackTries", group.comfort().callBackTries());
    }
    if (group.comfort().callBackMinutes() != Comfort.MINUTES) {
      form.put("callBackMinutes", group.comfort().callBackMinutes());
    }
    if (group.autoAnswer()) {
      form.put("autoAnswer", true);
    }
    if (group.comfort().parkSeconds() != Comfort.PARK_SECONDS) {
      form.put("parkSeconds", group.comfort().parkSeconds());
    }
    if (group.comfort().dropOut() != DropOut.COMPLETE) {
      form.put("dropOut", Form.written(group.comfort().dropOut()));
    }
    return form;
  }

  // ---- lines -----------------------------------------------------------------------------------

  private static Map<String, Object> line(Line line) {
    Map<String, Object> form = labelled("number", line.did(), line.label());
    form.put("queue", line.queue());
    form.put("waiting", Form.written(line.waiting()));
    notice(form, "announcement", line.announcement());
    form.put("recorded", line.recorded());
    form.put("ringSeconds", line.ringSeconds());
    form.put("wrapUpSeconds", line.wrapUpSeconds());
    form.put("rejoinSeconds", line.rejoinSeconds());
    form.put("maxWaitSeconds", line.maxWaitSeconds());
    notice(form, "sorry", line.sorry());
    text(form, "hours", line.access().hours());
    notice(form, "closed", line.access().closed());
    if (line.access().mostWaiting() > 0) {
      form.put("mostWaiting", line.access().mostWaiting());
    }
    notice(form, "full", line.access().full());
    if (line.access().priority() > 0) {
      form.put("priority", line.access().priority());
    }
    voicemail(form, line.access().voicemail());
    return form;
  }

  private static void voicemail(Map<String, Object> form, @Nullable Voicemail voicemail) {
    if (voicemail != null) {
      Map<String, Object> part = words(voicemail.words());
      if (voicemail.mostSeconds() != Voicemail.MOST_SECONDS) {
        part.put("mostSeconds", voicemail.mostSeconds());
      }
      if (voicemail.leastSeconds() != Voicemail.LEAST_SECONDS) {
        part.put("leastSeconds", voicemail.leastSeconds());
      }
      text(part, "key", voicemail.key());
      form.put("voicemail", part);
    }
  }

  private static void notice(Map<String, Object> form, String key, @Nullable Notice notice) {
    if (notice != null) {
      form.put(key, words(notice));
    }
  }

  private static Map<String, Object> words(Notice notice) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("version", notice.version());
    words.put("language", notice.language());
    words.put("text", notice.text());
    return words;
  }

  // ---- hours -----------------------------------------------------------------------------------

  private static Map<String, Object> hours(Hours hours) {
    Map<String, Object> form = labelled("id", hours.id(), hours.label());
    form.put("zone", hours.zone().getId());
    Map<String, TreeSet<Integer>> byTime = new TreeMap<>();
    hours
        .week()
        .forEach(
            span ->
                byTime
                    .computeIfAbsent(clock(span.time().from()) + clock(span.time().to()), t -> new TreeSet<>())
                    .add(span.day().getValue()));
    List<Object> week = new ArrayList<>();
    byTime.forEach(
        (time, days) -> {
          Map<String, Object> part = new LinkedHashMap<>();
          part.put("days", days(days));
          part.put("from", time.substring(0, 5));
          part.put("to", time.substring(5));
          week.add(part);
        });
    list(form, "week", week);
    list(form, "holidays", hours.days().stream().map(SetupForm::holiday).toList());
    return form;
  }

  private static Map<String, Object> holiday(Hours.Day day) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("date", day.date().toString());
    text(form, "label", day.label().isEmpty() ? null : day.label());
    Time time = day.time();
    if (time != null) {
      form.put("from", clock(time.from()));
      form.put("to", clock(time.to()));
    }
    return form;
  }

  private static String clock(int minutes) {
    return "%02d:%02d".formatted(minutes / 60, minutes % 60);
  }

  /** Three days and more in a row are written as a range. */
  private static List<String> days(TreeSet<Integer> days) {
    List<String> written = new ArrayList<>();
    for (int from = 1; from <= 7; from++) {
      int to = from;
      while (days.contains(from) && days.contains(to + 1)) {
        to++;
      }
      if (to - from >= 2) {
        written.add(name(from) + "-" + name(to));
      } else if (days.contains(from)) {
        for (int day = from; day <= to; day++) {
          written.add(name(day));
        }
      }
      from = to;
    }
    return written;
  }

  private static String name(int day) {
    return RoutingForms.DAYS.get(day - 1);
  }

  // ---- trunks ----------------------------------------------------------------------------------

  private static Map<String, Object> trunk(String name, TrunkRules rules) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", name);
    form.put("region", rules.place().region());
    text(form, "areaCode", rules.place().areaCode().isEmpty() ? null : rules.place().areaCode());
    list(form, "outsidePrefixes", rules.place().outsidePrefixes());
    list(form, "lineFrom", rules.lineFrom().stream().map((LineSource s) -> Form.written(s)).toList());
    form.put("trustAsserted", rules.trustAsserted());
    list(form, "ownNumbers", rules.own().entries());
    list(form, "rewrites", rules.rewrites().stream().map(SetupForm::rewrite).toList());
    return form;
  }

  private static Map<String, Object> rewrite(RewriteRule rule) {
    Map<String, Object> form = new LinkedHashMap<>();
    if (rule.sides().size() == 1) {
      form.put("side", Form.written(rule.sides().iterator().next()));
    }
    form.put("pattern", rule.pattern().toString());
    form.put("replacement", rule.replacement());
    return form;
  }

  private static void text(Map<String, Object> form, String key, @Nullable String text) {
    if (text != null) {
      form.put(key, text);
    }
  }

  private static void list(Map<String, Object> form, String key, List<?> list) {
    if (!list.isEmpty()) {
      form.put(key, list);
    }
  }
}
