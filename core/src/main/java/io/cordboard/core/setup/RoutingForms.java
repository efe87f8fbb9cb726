package io.cordboard.core.setup;

import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Hours.Day;
import io.cordboard.core.routing.Hours.Span;
import io.cordboard.core.routing.Hours.Time;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Access;
import io.cordboard.core.routing.Line.Notice;
import io.cordboard.core.routing.Line.Voicemail;
import io.cordboard.core.routing.Policy.Waiting;
import io.cordboard.kernel.Fault;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lines and opening hours. */
final class RoutingForms {
  private static final Pattern CLOCK = Pattern.compile("([01]?\\d|2[0-4]):([0-5]\\d)");
  private static final Pattern DID = Pattern.compile("\\+?[1-9]\\d{2,14}");
  static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private RoutingForms() {}

  // ---- lines -----------------------------------------------------------------------------------

  /** A number in its one form, however it was grouped. */
  static String did(String text) {
    String did = text.replaceAll("[ ()./-]", "");
    if (!DID.matcher(did).matches()) {
      throw new Fault.BadRequest(
          "'%s' is no number of a line: write it in E.164, such as +861085551234, or a service number such as 4008001234."
              .formatted(Fault.excerpt(text)));
    }
    return did;
  }

  static @Nullable Line line(String did, Form form) {
    String label = SetupReader.label(form);
    String queue = form.needed("queue");
    Line.Waiting waiting = form.one("waiting", Line.Waiting.class);
    Notice announcement = notice(form, "announcement");
    boolean recorded = form.flag("recorded", false);
    if (recorded && !form.has("announcement")) {
      form.wrong(
          "recorded",
          "A recorded line must announce it: give it an 'announcement', or write recorded: false.");
      recorded = false;
    }
    int ring = form.number("ringSeconds", 20, 1, 600);
    int wrapUp = form.number("wrapUpSeconds", 60, 0, 86_400);
    int rejoin = form.number("rejoinSeconds", 60, 0, 3_600);
    int maxWait = form.number("maxWaitSeconds", 300, 1, 86_400);
    Notice sorry = notice(form, "sorry");
    Access access =
        new Access(
            form.text("hours"), notice(form, "closed"), form.number("mostWaiting", 0, 0, 10_000),
            notice(form, "full"),
            form.number("priority", Waiting.LOWEST, Waiting.LOWEST, Waiting.HIGHEST),
            voicemail(form));
    if (label == null || queue == null || recorded && announcement == null) {
      return null;
    }
    return new Line(
        did, label, queue, waiting == null ? Line.Waiting.RINGING : waiting, announcement,
        recorded, ring, wrapUp, rejoin, maxWait, sorry, access);
  }

  private static @Nullable Voicemail voicemail(Form line) {
    Form form = line.form("voicemail");
    if (form == null) {
      return null;
    }
    int most = form.number("mostSeconds", Voicemail.MOST_SECONDS, 5, 600);
    int least = form.number("leastSeconds", Voicemail.LEAST_SECONDS, 0, 60);
    String key = form.text("key");
    if (key != null && !key.matches("[0-8]")) {
      form.wrong(
          "key",
          "'%s' cannot be: write one digit from '0' to '8'; 9 says no to being recorded."
              .formatted(Fault.excerpt(key)));
    }
    if (least > most) {
      form.wrong("leastSeconds", "No message could be kept: it must be less than 'mostSeconds'.");
    }
    Notice words = notice(form);
    return words == null ? null : new Voicemail(words, most, least, key);
  }

  private static @Nullable Notice notice(Form line, String key) {
    Form form = line.form(key);
    return form == null ? null : notice(form);
  }

  private static @Nullable Notice notice(Form form) {
    String version = form.needed("version");
    String language = form.needed("language");
    String text = form.needed("text");
    form.done();
    if (language != null && !language.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
      form.wrong("language", "'%s' is no language: write such as zh-CN or en.".formatted(Fault.excerpt(language)));
      return null;
    }
    return version == null || language == null || text == null
        ? null
        : new Notice(version, language, text);
  }

  // ---- hours -----------------------------------------------------------------------------------

  static @Nullable Hours hours(String id, Form form) {
    String label = SetupReader.label(form);
    ZoneId zone = form.made("zone", form.needed("zone"), RoutingForms::zone);
    List<Span> week = new ArrayList<>();
    int before = form.forms("week").size();
    for (Form part : form.forms("week")) {
      Time time = time(part);
      for (DayOfWeek day : days(part)) {
        if (time != null) {
          week.add(new Span(day, time));
        }
      }
      part.done();
    }
    List<Day> days = new ArrayList<>();
    for (Form part : form.forms("holidays")) {
      Day day = holiday(part);
      part.done();
      if (day != null) {
        days.add(day);
      }
    }
    if (before == 0 && days.stream().allMatch(day -> day.time() == null)) {
      form.wrong(
          "",
          "These hours never open: give 'week' an entry such as {days: [mon-fri], from: '09:00', to: '18:00'}.");
    }
    return label == null || zone == null ? null : new Hours(id, label, zone, week, days);
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException unknown) {
      throw new Fault.BadRequest(
          "'%s' is no time zone: write such as Asia/Shanghai or Europe/London."
              .formatted(Fault.excerpt(text)));
    }
  }

  private static @Nullable Time time(Form part) {
    Integer from = part.made("from", part.needed("from"), RoutingForms::minutes);
    Integer to = part.made("to", part.needed("to"), RoutingForms::minutes);
    if (from == null || to == null) {
      return null;
    }
    if (to <= from) {
      part.wrong(
          "to",
          "It never opens: 'to' must be later than 'from'. Hours over midnight are two entries: until 24:00, and from 00:00 on the next day.");
      return null;
    }
    return new Time(from, to);
  }

  private static int minutes(String text) {
    Matcher clock = CLOCK.matcher(text);
    int minutes =
        clock.matches()
            ? Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2))
            : Integer.MAX_VALUE;
    if (minutes > 24 * 60) {
      throw new Fault.BadRequest(
          "'%s' is no time: write it in quotes, from '00:00' to '24:00'."
              .formatted(Fault.excerpt(text)));
    }
    return minutes;
  }

  private static Set<DayOfWeek> days(Form part) {
    if (!part.has("days")) {
      part.wrong("", "'days' is missing.");
    }
    Set<DayOfWeek> days = new TreeSet<>();
    for (String text : part.texts("days")) {
      String[] ends = text.toLowerCase(Locale.ROOT).split("-", -1);
      int from = DAYS.indexOf(ends[0]);
      int to = DAYS.indexOf(ends[ends.length - 1]);
      if (ends.length > 2 || from < 0 || to < from) {
        part.wrong("days", "'%s' is no day: write mon, tue, wed, thu, fri, sat, sun, or such as mon-fri.".formatted(Fault.excerpt(text)));
      } else {
        for (int day = from; day <= to; day++) {
          days.add(DayOfWeek.of(day + 1));
        }
      }
    }
    return days;
  }

  private static @Nullable Day holiday(Form part) {
    LocalDate date = part.made("date", part.needed("date"), RoutingForms::date);
    String label = part.text("label");
    boolean open = part.has("from") | part.has("to");
    Time time = open ? time(part) : null;
    return date == null || open && time == null
        ? null
        : new Day(date, label == null ? "" : label, time);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException noDate) {
      throw new Fault.BadRequest(
          "'%s' is no date: write such as 2026-10-01.".formatted(Fault.excerpt(text)));
    }
  }
}
