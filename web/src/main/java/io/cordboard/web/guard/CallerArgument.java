package io.cordboard.web.guard;

import io.cordboard.core.trust.Principal;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller's method who is asking: a {@link Caller} or its {@link Principal}. */
public final class CallerArgument implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Principal.class
        || parameter.getParameterType() == Caller.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    Caller caller =
        Caller.current()
            .orElseThrow(() -> new Denied(Kind.UNAUTHENTICATED, "Sign in, or send an API key."));
    return parameter.getParameterType() == Caller.class ? caller : caller.getPrincipal();
  }
}
