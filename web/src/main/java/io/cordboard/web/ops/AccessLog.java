package io.cordboard.web.ops;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.web.guard.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A line for each request, with fields and without personal data: the operation's pattern instead
 * of its address, no query, no body; who asked by id.
 */
final class AccessLog extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.access");
  private static final String REQUEST = "request";
  private static final String CALLS = "/api/v1/calls/";
  private final Ids ids;
  private final Clock clock;

  AccessLog(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = ids.next().toString();
    long begun = clock.nanos();
    response.setHeader("X-Request-Id", id);
    MDC.put(REQUEST, id);
    try {
      chain.doFilter(request, response);
    } finally {
      write(request, response.getStatus(), (clock.nanos() - begun) / 1000);
      MDC.remove(REQUEST);
    }
  }

  private static void write(HttpServletRequest request, int status, long micros) {
    String pattern = pattern(request);
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("method", request.getMethod())
            .addKeyValue("operation", pattern)
            .addKeyValue("status", status)
            .addKeyValue("micros", micros)
            .addKeyValue("who", who(request));
    if (pattern.startsWith(CALLS)) {
      line = line.addKeyValue("call", pathVariable(request, "id"));
    }
    line.log("{} {} {}", request.getMethod(), pattern, status);
  }

  private static String pattern(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? "-" : pattern.toString();
  }

  private static String who(HttpServletRequest request) {
    return request.getAttribute(Caller.class.getName()) instanceof Caller caller
        ? caller.getName()
        : "nobody";
  }

  private static String pathVariable(HttpServletRequest request, String name) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    return variables instanceof Map<?, ?> map ? String.valueOf(map.get(name)) : "";
  }
}
