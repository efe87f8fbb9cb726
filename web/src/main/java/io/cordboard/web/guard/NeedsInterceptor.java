package io.cordboard.web.guard;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Asks each operation what it needs, before its body is read; refusals leave a trace. */
public final class NeedsInterceptor implements HandlerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(NeedsInterceptor.class);
  private final Audit audit;

  public NeedsInterceptor(Audit audit) {
    this.audit = audit;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith("io.cordboard.web.api.")
        && !method.hasMethodAnnotation(ForAnybody.class)) {
      check(method, request, Caller.current().orElseThrow(NeedsInterceptor::nobody));
    }
    return true;
  }

  private static Denied nobody() {
    return new Denied(Kind.UNAUTHENTICATED, "Sign in, or send an API key.");
  }

  private void check(HandlerMethod method, HttpServletRequest request, Caller caller) {
    if (method.hasMethodAnnotation(ForSignedIn.class)) {
      if (caller.session().isEmpty()) {
        throw new Denied(Kind.FORBIDDEN, "Only for people who signed in.");
      }
      return;
    }
    if (caller.session().filter(s -> s.user().mustChangePassword()).isPresent()) {
      throw new Denied(
          Kind.PASSWORD_CHANGE_REQUIRED,
          "This password was for once: choose another by POST /api/v1/session/password.");
    }
    Needs needs = method.getMethodAnnotation(Needs.class);
    if (needs == null) {
      LOG.error("{} says nothing of who may use it: nobody may", method);
      throw new Denied(Kind.FORBIDDEN, "Nobody may do this.");
    }
    Principal who = caller.getPrincipal();
    if (Arrays.stream(needs.value()).noneMatch(who::may)) {
      refuse(who, needs, request);
    }
    if (method.hasMethodAnnotation(ShownOnce.class)) {
      request.setAttribute(ShownOnce.class.getName(), true);
    }
  }

  private void refuse(Principal who, Needs needs, HttpServletRequest request) {
    String lacking =
        Arrays.stream(needs.value()).map(Permission::name).collect(Collectors.joining(" or "));
    audit.record(AuditEntry.refused(who, "access-refused", operation(request), lacking));
    throw new Denied(
        Kind.FORBIDDEN,
        "The role %s lacks %s; an administrator can grant it.".formatted(who.role(), lacking));
  }

  private static String operation(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return "operation:" + request.getMethod() + " " + pattern;
  }
}
