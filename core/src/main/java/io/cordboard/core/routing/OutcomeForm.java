package io.cordboard.core.routing;

import io.cordboard.kernel.Fault;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an agent fills in when a talk is over, beside its disposition, as it is set up.
 *
 * @param fields in their order
 * @param templates texts that notes may begin with, in their order
 */
public record OutcomeForm(List<OutcomeField> fields, List<NoteTemplate> templates) {
  /** Nothing but the disposition. */
  public static final OutcomeForm NONE = new OutcomeForm(List.of(), List.of());

  private static final int MAX_TEXT = 200;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}([.,][0-9]{1,6})?");

  public OutcomeForm {
    fields = List.copyOf(fields);
    templates = List.copyOf(templates);
  }

  /** Whether something for these lines is for this one; none named are all. */
  private static boolean concerns(List<String> lines, String line) {
    return lines.isEmpty() || lines.contains(line);
  }

  /** The fields that are asked on this line. */
  public List<OutcomeField> askedOn(String line) {
    return fields.stream().filter(field -> concerns(field.lines(), line)).toList();
  }

  /** How a field is filled in. */
  public enum Kind {
    /** Up to 200 characters. */
    TEXT,
    /** A decimal number, as typed. */
    NUMBER,
    /** A day, such as 2026-10-01. */
    DATE,
    /** One of the choices. */
    CHOICE
  }

  /**
   * A question about the talk.
   *
   * @param required wrap-up cannot be finished by hand without it
   * @param choices for {@link Kind#CHOICE} only
   * @param lines canonical numbers of the lines on which it is asked; empty: on all
   */
  public record OutcomeField(
      String id,
      String labelZh,
      String labelEn,
      Kind kind,
      boolean required,
      List<String> choices,
      List<String> lines) {
    public OutcomeField {
      choices = List.copyOf(choices);
      lines = List.copyOf(lines);
    }

    /**
     * The value in the form in which it is kept; empty for none.
     *
     * @throws Fault.BadRequest for a value that this field cannot have
     */
    public String checked(String value) {
      String text = value.strip();
      if (text.isEmpty()) {
        return "";
      }
      boolean fits =
          switch (kind) {
            case TEXT ->
                text.length() <= MAX_TEXT && text.codePoints().noneMatch(Character::isISOControl);
            case NUMBER -> NUMBER.matcher(text).matches();
            case DATE -> isDate(text);
            case CHOICE -> choices.contains(text);
          };
      if (!fits) {
        throw new Fault.BadRequest(
            "'%s' cannot stand in '%s': %s.".formatted(Fault.excerpt(text), id, wanted()));
      }
      return text;
    }

    private String wanted() {
      return switch (kind) {
        case TEXT -> "write one line of up to %d characters".formatted(MAX_TEXT);
        case NUMBER -> "write a number such as 12.50";
        case DATE -> "write a day such as 2026-10-01";
        case CHOICE -> "choose one of " + String.join(", ", choices);
      };
    }

    private static boolean isDate(String text) {
      try {
        return text.length() == 10 && LocalDate.parse(text).getYear() > 0;
      } catch (DateTimeException noDate) {
        return false;
      }
    }
  }

  /**
   * A text that notes may begin with. {@code {customer}}, {@code {number}}, {@code {date}} and {@code
   * {agent}} in it are filled in by the desk.
   *
   * @param lines as in {@link OutcomeField}
   */
  public record NoteTemplate(String id, String label, String text, List<String> lines) {
    public NoteTemplate {
      lines = List.copyOf(lines);
    }
  }
}
