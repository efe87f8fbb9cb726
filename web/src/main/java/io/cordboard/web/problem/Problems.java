package io.cordboard.web.problem;

import io.cordboard.kernel.Fault;
import io.cordboard.web.problem.Problem.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Finds the problem that stands for whatever was thrown. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The problem; what is our own mistake is logged here, once. */
  public static Problem of(Throwable thrown) {
    Throwable cause = unwrap(thrown);
    Problem problem = find(cause);
    if (problem.status() == 500) {
      LOG.error("A request ended in a mistake of ours", cause);
    }
    return problem;
  }

  private static Problem find(Throwable cause) {
    return switch (cause) {
      case Fault fault -> Problem.of(fault);
      case Denied denied -> denied.problem();
      case JacksonException json -> unreadable(json);
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case MethodArgumentTypeMismatchException wrong ->
          Problem.of(Kind.BAD_REQUEST, "'" + wrong.getName() + "' is not what it should be.");
      case MissingServletRequestParameterException missing ->
          Problem.of(Kind.BAD_REQUEST, "'" + missing.getParameterName() + "' is missing.");
      case SocketTimeoutException slow -> tooSlow();
      case EOFException gone -> brokenOff();
      case ErrorResponse spring -> of(spring);
      default -> Problem.bug();
    };
  }

  private static Problem tooSlow() {
    return Problem.of(Kind.TOO_SLOW, "The body stopped coming: send it at once.");
  }

  private static Problem brokenOff() {
    return Problem.of(Kind.BAD_REQUEST, "The body broke off.");
  }

  private static Problem unreadable(HttpMessageNotReadableException unreadable) {
    return switch (unreadable.getCause()) {
      case null -> Problem.of(Kind.BAD_REQUEST, "A JSON body is missing.");
      case SocketTimeoutException slow -> tooSlow();
      case IOException brokenOff -> brokenOff();
      case Throwable other -> find(other);
    };
  }

  private static Problem unreadable(JacksonException json) {
    // what our own code refused while it was being read
    for (Throwable cause = json.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Denied || cause instanceof Fault) {
        return find(cause);
      }
    }
    return Problem.of(Kind.BAD_REQUEST, words(json));
  }

  private static Problem of(ErrorResponse spring) {
    int status = spring.getStatusCode().value();
    Kind kind = Kind.of(status);
    return kind == Kind.BUG ? Problem.bug() : Problem.of(kind, words(kind));
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> "There is nothing at this address; /api/openapi.json lists what there is.";
      case METHOD_NOT_ALLOWED -> "This address knows other methods; see /api/openapi.json.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
      case NOT_ACCEPTABLE -> "Accept application/json.";
      default -> "The request cannot be read; see /api/openapi.json.";
    };
  }

  // Jackson's own message names our classes and repeats what was sent
  private static String words(JacksonException json) {
    if (json instanceof StreamConstraintsException) {
      return "The JSON is nested too deep, or a text or number in it is too long.";
    }
    String field =
        json.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() != null
                        ? step.getPropertyName()
                        : Integer.toString(step.getIndex()))
            .collect(Collectors.joining("."));
    String where = position(json.getLocation());
    return field.isEmpty()
        ? "The body is not the JSON that belongs here" + where + "."
        : "'%s' is missing or not what it should be%s.".formatted(Fault.excerpt(field), where);
  }

  private static String position(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 0
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
