package io.cordboard.web.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** Browsers say which page asks: only our own pages may. */
public final class OriginRule {
  private final Set<String> configured;

  /**
   * Makes the rule.
   *
   * @param configured further origins such as {@code https://desk.example}, where a proxy in front
   *     of us has another name than we see
   */
  public OriginRule(Set<String> configured) {
    this.configured = Set.copyOf(configured);
  }

  /** Whether the page is ours; a request that names no page is none. */
  public boolean isOurs(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String host = request.getHeader(HttpHeaders.HOST);
    return origin != null
        && (origin.equals((request.isSecure() ? "https://" : "http://") + host)
            || configured.contains(origin));
  }

  /** Whether the request names a page that is not ours. */
  boolean isForeign(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.ORIGIN) != null && !isOurs(request);
  }
}
