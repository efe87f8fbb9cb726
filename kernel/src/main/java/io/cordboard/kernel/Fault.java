package io.cordboard.kernel;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Every failure that crosses a room's door. The type decides what may be done next (only {@code
 * core.work} retries); the message names the cause and the mend and is safe to show to a user.
 */
public abstract sealed class Fault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private Fault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The cause and the mend, in words for a user. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), getClass().getSimpleName());
  }

  /** The request is wrong; repeating it unchanged cannot help. */
  public static final class BadRequest extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public BadRequest(String message) {
      super(message, null);
    }
  }

  /** The other side, or a rule of ours, said no. */
  public static final class Refused extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message, null);
    }
  }

  /** A rule said no, and gives way to whoever asks again with a reason. */
  public static final class Unconfirmed extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public Unconfirmed(String message) {
      super(message, null);
    }
  }

  /** What was named does not exist (any more). */
  public static final class NotFound extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message, null);
    }
  }

  /** The login at the other side is wrong or has ended. */
  public static final class AuthLapsed extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public AuthLapsed(String message) {
      super(message, null);
    }
  }

  /** The other side is overloaded and may be asked again after {@link #retryAfter()}. */
  public static final class Busy extends Fault {
    @Serial private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    public Busy(String message, Duration retryAfter) {
      super(message, null);
      this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Nothing was sent, or it certainly did not arrive. */
  public static final class Unreachable extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public Unreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** It was sent and no answer came: look at the target before repeating. */
  public static final class OutcomeUnknown extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Our own mistake. */
  public static final class Bug extends Fault {
    @Serial private static final long serialVersionUID = 1L;

    public Bug(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What a stage failed with; a {@link Bug} with these words where it is no fault. */
  public static Fault of(@Nullable Throwable thrown, String otherwise) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof Fault fault ? fault : new Bug(otherwise, cause);
  }

  /** At most 60 characters of untrusted text, without control characters, for use in a message. */
  public static String excerpt(String untrusted) {
    String head = untrusted.length() <= 60 ? untrusted : cut(untrusted, 59) + "…";
    return head.replaceAll("[\\p{Cntrl}\\p{Cf}]", "·");
  }

  /** At most so many characters of a text; never a half of one. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean half = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, half ? most - 1 : most);
  }
}
