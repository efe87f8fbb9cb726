package io.cordboard.web.problem;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why something was not done, as RFC 9457 writes it.
 *
 * @param type stable, such as {@code /problems/bad-request}
 * @param status HTTP status
 * @param detail names the cause and the mend
 * @param retryAfterSeconds when asking again makes sense, null when it does not
 */
public record Problem(
    String type, String title, int status, String detail, @Nullable Long retryAfterSeconds) {

  /** A problem of our own list. */
  public static Problem of(Kind kind, String detail) {
    return new Problem(kind.type(), kind.title, kind.status, detail, null);
  }

  /** A fault of the core in HTTP's words. */
  public static Problem of(Fault fault) {
    String detail = String.valueOf(fault.getMessage());
    return switch (fault) {
      case Fault.BadRequest f -> of(Kind.BAD_REQUEST, detail);
      case Fault.Refused f -> of(Kind.REFUSED, detail);
      case Fault.Unconfirmed f -> of(Kind.UNCONFIRMED, detail);
      case Fault.NotFound f -> of(Kind.NOT_FOUND, detail);
      case Fault.AuthLapsed f -> of(Kind.AUTH_LAPSED, detail);
      case Fault.Busy f -> of(Kind.BUSY, detail).after(f.retryAfter());
      case Fault.Unreachable f -> of(Kind.UNREACHABLE, detail).after(Duration.ofSeconds(5));
      case Fault.OutcomeUnknown f -> of(Kind.OUTCOME_UNKNOWN, detail);
      case Fault.Bug f -> bug();
    };
  }

  /** Our own mistake: the words go to the log, not to the outside. */
  public static Problem bug() {
    return of(Kind.BUG, "Cordboard made a mistake; its log tells more under this request's id.");
  }

  private Problem after(Duration delay) {
    long seconds = Math.max(1, delay.plusMillis(999).toSeconds());
    return new Problem(type, title, status, detail, seconds);
  }

  /** All that can go wrong, with the status that each has. */
  public enum Kind {
    BAD_REQUEST(400, "The request is wrong"),
    UNAUTHENTICATED(401, "Not signed in"),
    FORBIDDEN(403, "Not allowed"),
    CSRF(403, "The page's token is missing or old"),
    ORIGIN(403, "Asked from another site"),
    PASSWORD_CHANGE_REQUIRED(403, "The password must be changed first"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "No such format"),
    TOO_SLOW(408, "Too slow"),
    REFUSED(409, "Refused"),
    UNCONFIRMED(409, "A reason is needed"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    RANGE(416, "No such range"),
    MISDIRECTED(421, "Not a name of this server"),
    IDEMPOTENCY(422, "The idempotency key was used for something else"),
    BUSY(429, "Too much at once"),
    BUG(500, "Our mistake"),
    AUTH_LAPSED(502, "The login at the other side has lapsed"),
    UNREACHABLE(503, "Something needed is away"),
    OUTCOME_UNKNOWN(504, "No answer came");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The stable type. */
    public String type() {
      return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The kind that stands for a status of HTTP. */
    static Kind of(int status) {
      for (Kind kind : values()) {
        if (kind.status == status && kind != CSRF && kind != ORIGIN) {
          return kind;
        }
      }
      return status >= 500 ? BUG : BAD_REQUEST;
    }
  }
}
