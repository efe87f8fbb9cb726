package io.cordboard.web.guard;

import io.cordboard.web.guard.IdempotencyKeys.Answer;
import io.cordboard.web.guard.IdempotencyKeys.Claim;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** A change that comes again with the same {@code Idempotency-Key} is answered, not done again. */
final class IdempotencyFilter extends OncePerRequestFilter {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[!-~]{1,100}");
  private final IdempotencyKeys keys;
  private final ProblemWriter problems;

  IdempotencyFilter(IdempotencyKeys keys, ProblemWriter problems) {
    this.keys = keys;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getHeader(HEADER) == null
        || !CallerFilter.isChange(request)
        || BodyLimit.isUpload(request)
        || Caller.current().isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(HEADER);
    if (!KEY.matcher(key).matches()) {
      refuse(response, Kind.BAD_REQUEST, "An Idempotency-Key has 1 to 100 visible characters.");
      return;
    }
    ReadBody body;
    try {
      body = new ReadBody(request);
    } catch (Denied tooLarge) {
      problems.write(response, tooLarge.problem());
      return;
    }
    String scope = Caller.current().orElseThrow().getName() + " " + key;
    switch (keys.claim(scope, fingerprint(request, body.bytes()))) {
      case Claim.Fresh fresh -> carryOut(scope, body, response, chain);
      case Claim.Running running ->
          refuse(response, Kind.REFUSED, "The first request with this key still runs.");
      case Claim.Other other ->
          refuse(
              response, Kind.IDEMPOTENCY, "This key was used for another request: take a new one.");
      case Claim.Done(Answer answer) -> repeat(response, answer);
    }
  }

  private void carryOut(
      String scope, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper caught = new ContentCachingResponseWrapper(response);
    boolean kept = false;
    try {
      chain.doFilter(request, caught);
      kept = isFinal(caught.getStatus());
      if (kept) {
        keys.done(scope, isSecret(request) ? null : answer(caught));
      }
    } finally {
      if (!kept) {
        keys.release(scope);
      }
      caught.copyBodyToResponse();
    }
  }

  // what was refused for a passing reason may be tried again with the same key
  private static boolean isFinal(int status) {
    return status < 500 && status != 429 && status != 401;
  }

  private static boolean isSecret(HttpServletRequest request) {
    return request.getAttribute(ShownOnce.class.getName()) != null;
  }

  private static Answer answer(ContentCachingResponseWrapper caught) {
    String type = caught.getContentType();
    return new Answer(caught.getStatus(), type == null ? "" : type, caught.getContentAsByteArray());
  }

  private void repeat(HttpServletResponse response, @Nullable Answer answer) throws IOException {
    if (answer == null) {
      refuse(response, Kind.REFUSED, "This was done before; its secret was shown once.");
      return;
    }
    response.setStatus(answer.status());
    response.setHeader("Idempotency-Replayed", "true");
    if (!answer.contentType().isEmpty()) {
      response.setContentType(answer.contentType());
    }
    response.getOutputStream().write(answer.body());
  }

  private void refuse(HttpServletResponse response, Kind kind, String detail) throws IOException {
    problems.write(response, Problem.of(kind, detail));
  }

  private static String fingerprint(HttpServletRequest request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (request.getMethod() + " " + request.getRequestURI() + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
