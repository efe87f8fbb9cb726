package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.StandbyPlan.Hours;
import io.cordboard.spi.telephony.StandbyPlan.Line;
import io.cordboard.spi.telephony.StandbyPlan.Queue;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The plan as Asterisk reads it: a dialplan context with every line, and the queues. Pure. Nothing gets
 * in that could be read as anything but what it is: what does not fit its form is refused.
 */
final class StandbyFiles {
  private static final Pattern DID = Pattern.compile("\\+?[0-9]{2,20}");
  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9/_-]{1,120}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,15}");
  private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9/_+-]{1,60}");
  private static final String HEAD =
      "; Written by the Cordboard server whenever its set-up changes. Do not edit.\n";

  private StandbyFiles() {}

  /**
   * The sounds of a line, by what they are for.
   *
   * @param notice "" for none
   */
  record Spoken(String notice, String patience, String sorry, String closed) {}

  /** {@code extensions-cordboard.conf}. */
  static String lines(List<Line> lines, Map<String, Spoken> spoken) {
    StringBuilder text = new StringBuilder(HEAD).append("[cordboard-lines]\n");
    for (Line line : lines) {
      Spoken words = spoken.get(line.did());
      if (words == null) {
        throw new Fault.Bug("The line " + line.did() + " has no sounds.", null);
      }
      line(text, line, words);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Line line, Spoken words) {
    Map<String, String> set = new LinkedHashMap<>();
    set.put("FB_QUEUE", queueName(line.queue()));
    set.put("FB_NOTICE", sound(words.notice));
    set.put("FB_WAIT", sound(words.patience));
    set.put("FB_SORRY", sound(words.sorry));
    set.put("FB_CLOSED", sound(words.closed));
    set.put("FB_RECORD", line.recorded() && !words.notice.isEmpty() ? "yes" : "no");
    set.put("FB_MOST", Integer.toString(Math.clamp(line.mostSeconds(), 5, 7200)));
    text.append("exten => ").append(checked(line.did(), DID)).append(",1,NoOp()\n");
    set.forEach((name, value) -> step(text, "Set(" + name + "=" + value + ")"));
    if (line.hours() != null) {
      hours(text, line.hours());
      step(text, "Goto(fallback,closed,1)");
      text.append(" same => n(open),Goto(fallback,queue,1)\n");
    } else {
      step(text, "Goto(fallback,queue,1)");
    }
  }

  /** A date that is otherwise comes before the week. */
  private static void hours(StringBuilder text, Hours hours) {
    String zone = checked(hours.zone().getId(), ZONE);
    Map<LocalDate, List<StandbyPlan.Day>> days =
        hours.days().stream()
            .collect(Collectors.groupingBy(StandbyPlan.Day::date, TreeMap::new, Collectors.toList()));
    days.forEach(
        (date, spans) -> {
          String day = date.getDayOfMonth() + "," + month(date);
          spans.stream()
              .filter(span -> span.to() > span.from())
              .forEach(span -> open(text, time(span.from(), span.to()) + ",*," + day, zone));
          step(text, "GotoIfTime(*,*," + day + "," + zone + "?fallback,closed,1)");
        });
    hours.week().stream()
        .filter(span -> span.to() > span.from())
        .forEach(
            span ->
                open(text, time(span.from(), span.to()) + "," + day(span) + ",*,*", zone));
  }

  private static void open(StringBuilder text, String when, String zone) {
    step(text, "GotoIfTime(" + when + "," + zone + "?open)");
  }

  /** Asterisk counts the last minute in. */
  private static String time(int from, int to) {
    return clock(from) + "-" + clock(to - 1);
  }

  private static String clock(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  private static String day(StandbyPlan.Span span) {
    return span.day().name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String month(LocalDate date) {
    return date.getMonth().name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  /** {@code queues-cordboard.conf}; {@code waits} gives the sound that a queue's callers hear now and then. */
  static String queues(List<Queue> queues, UnaryOperator<String> waits) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Queue queue : queues) {
      text.append('[').append(queueName(queue.id())).append("]\n");
      text.append("strategy=rrmemory\nretry=1\nringinuse=no\nautofill=yes\n");
      text.append("timeout=").append(Math.clamp(queue.ringSeconds(), 5, 120)).append('\n');
      text.append("joinempty=unavailable,invalid,unknown\n");
      text.append("leavewhenempty=unavailable,invalid,unknown\n");
      text.append("context=fallback-keys\n");
      String wait = sound(waits.apply(queue.id()));
      if (!wait.isEmpty()) {
        text.append("periodic-announce=").append(wait).append("\nperiodic-announce-frequency=30\n");
      }
      for (String member : queue.members()) {
        String device = "PJSIP/" + checked(member, ADDRESS);
        text.append("member => ").append(device).append(",0,").append(device).append(',');
        text.append(device).append('\n');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Ids may hold any character; two of them never give one name. */
  static String queueName(String id) {
    String plain = id.replaceAll("[^A-Za-z0-9-]", "_");
    String name = plain.length() > 40 ? plain.substring(0, 40) : plain;
    return name.equals(id) ? "cb-" + name : "cb-" + name + "-" + Integer.toHexString(id.hashCode());
  }

  private static void step(StringBuilder text, String what) {
    text.append(" same => n,").append(what).append('\n');
  }

  private static String sound(String name) {
    return name.isEmpty() ? "" : checked(name, SOUND);
  }

  private static String checked(String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw new Fault.BadRequest(
          "'%s' cannot be told to Asterisk for the time without a server."
              .formatted(Fault.excerpt(text)));
    }
    return text;
  }
}
