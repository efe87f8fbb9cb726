package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody should look at in a recording: data, put into words where they are shown.
 *
 * @param findings at least one
 */
public record Alarm(List<Finding> findings) {
  public Alarm {
    findings = List.copyOf(findings);
    if (findings.isEmpty()) {
      throw new Fault.Bug("An alarm without a finding.", null);
    }
  }

  /** What was found; the words take the finding's detail. */
  public enum Code {
    PARTIAL("It is partial: the switch or the link to it was lost."),
    EMPTY("It is empty."),
    SAYS_MISSING("What the customer says is missing."),
    HEARS_MISSING("What the customer hears is missing."),
    SAYS_SILENT("What the customer says is silent throughout."),
    HEARS_SILENT("What the customer hears is silent throughout."),
    /** From this second on. */
    SAYS_SILENT_FROM("What the customer says is silent from %s s to the end."),
    /** From this second on. */
    HEARS_SILENT_FROM("What the customer hears is silent from %s s to the end."),
    SAYS_FELL_SILENT("What the customer says fell silent on the switch while the talk went on."),
    HEARS_FELL_SILENT("What the customer hears fell silent on the switch while the talk went on."),
    /** By so many milliseconds. */
    TRACKS_APART("The tracks differ by %s ms."),
    /** So many milliseconds. */
    TALK_MISSING("%s ms of the talk are missing."),
    /** The switch's id. */
    LOST("The switch %s does not have it (any more)."),
    /** The last reason. */
    NOT_FETCHED("It could not be fetched: %s"),
    /** The disk's own words. */
    NO_ROOM("%s"),
    FILE_GONE("Its file is gone."),
    FILE_CHANGED("Its file was changed: the hash does not agree."),
    /** Words of an earlier version. */
    OTHER("%s");

    private final String words;

    Code(String words) {
      this.words = words;
    }

    /** A finding without more to say. */
    public Finding finding() {
      return new Finding(this, "");
    }

    /** A finding with its detail. */
    public Finding finding(Object detail) {
      return new Finding(this, detail.toString());
    }
  }

  /** One thing that is wrong. */
  public record Finding(Code code, String detail) {
    String words() {
      return code.words.formatted(detail);
    }
  }

  /** An alarm for one reason. */
  public static Alarm of(Finding finding) {
    return new Alarm(List.of(finding));
  }

  /** In words, for logs. */
  public String words() {
    return findings.stream().map(Finding::words).collect(Collectors.joining(" "));
  }
}
