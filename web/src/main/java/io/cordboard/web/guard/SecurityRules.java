package io.cordboard.web.guard;

import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.Clock;
import io.cordboard.web.WebSettings;
import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.problem.ProblemWriter;
import io.cordboard.web.session.Sessions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Closed unless opened: paths here, the permission of each operation at the operation itself
 * ({@link Needs}).
 */
@Configuration(proxyBeanMethods = false)
public class SecurityRules {
  // styles may stand in the page because Ant Design writes them there while it runs; scripts may
  // not
  private static final String CONTENT =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data: blob:; font-src 'self'; media-src 'self' blob:; connect-src 'self'; worker-src"
          + " 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors"
          + " 'none'";
  private static final String BROWSER_POWERS =
      "microphone=(self), autoplay=(self), camera=(), geolocation=(), payment=(), usb=(),"
          + " display-capture=()";

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      CallerFinder callers,
      OriginRule origins,
      IdempotencyKeys idempotencyKeys,
      Fronts fronts,
      ProblemWriter problems)
      throws Exception {
    // no beans of their own: Spring Boot would put them in front of all the others too
    CallerFilter callerFilter = new CallerFilter(callers, origins, problems);
    IdempotencyFilter idempotency = new IdempotencyFilter(idempotencyKeys, problems);
    return http.csrf(AbstractHttpConfigurer::disable) // CallerFilter binds its own to the session
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .securityContext(context -> context.requireExplicitSave(true))
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers -> headers(headers, fronts.strictTransport()))
        .exceptionHandling(handling -> problems(handling, problems))
        .authorizeHttpRequests(SecurityRules::paths)
        .addFilterBefore(new HostFilter(fronts.hosts(), problems), AuthorizationFilter.class)
        .addFilterBefore(new BodyLimit(problems, fronts.slowBodies()), AuthorizationFilter.class)
        .addFilterBefore(callerFilter, AuthorizationFilter.class)
        .addFilterAfter(idempotency, AuthorizationFilter.class)
        .build();
  }

  /** What the filters know of the server around them. */
  record Fronts(HostRule hosts, boolean strictTransport, SlowBodies slowBodies) {}

  @Bean
  Fronts fronts(HostRule hosts, WebSettings settings, SlowBodies slowBodies) {
    return new Fronts(hosts, settings.site().strictTransport(), slowBodies);
  }

  @Bean
  SlowBodies slowBodies(Clock clock) {
    return new SlowBodies(clock);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadBodies() {
    return factory -> factory.addEngineValves(new UnreadBody());
  }

  @Bean
  CallerFinder callerFinder(Sessions sessions, ApiKeys keys, LocalToken localToken) {
    return new CallerFinder(sessions, keys, localToken);
  }

  @Bean
  @ConditionalOnMissingBean
  IdempotencyKeys idempotencyKeys(Clock clock) {
    return new IdempotencyMemory(clock);
  }

  /** Spring's own ways to sign in are shut; without this bean it would make up a user. */
  @Bean
  AuthenticationManager nobodySignsInHere() {
    return attempt -> {
      throw new BadCredentialsException("Sign in by POST /api/v1/session.");
    };
  }

  private static void paths(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          paths) {
    paths
        .requestMatchers("/error")
        .permitAll()
        .requestMatchers(HttpMethod.POST, "/api/v1/session", "/api/v1/hooks/*")
        .permitAll()
        .requestMatchers(HttpMethod.PUT, "/api/v1/hooks/*/*/*")
        .permitAll()
        .requestMatchers(
            HttpMethod.GET, "/api", "/api/", "/api/openapi.json", "/health/live", "/health/ready")
        .permitAll()
        .requestMatchers("/api", "/api/**")
        .authenticated()
        .requestMatchers(HttpMethod.POST, "/soap/cordboard")
        .authenticated()
        .requestMatchers(HttpMethod.GET, "/metrics")
        .access(forSystemWatchers())
        .requestMatchers("/health/**", "/metrics/**")
        .denyAll()
        .requestMatchers(HttpMethod.GET, "/**")
        .permitAll()
        .requestMatchers(HttpMethod.HEAD, "/**")
        .permitAll()
        .anyRequest()
        .denyAll();
  }

  private static AuthorizationManager<RequestAuthorizationContext> forSystemWatchers() {
    return (authentication, context) ->
        new AuthorizationDecision(
            LocalToken.fromHere(context.getRequest())
                || authentication.get() instanceof Caller caller
                    && caller.getPrincipal().may(Permission.SEE_SYSTEM));
  }

  private static void headers(
      HeadersConfigurer<HttpSecurity> headers, boolean strictTransport) {
    headers
        .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
        .permissionsPolicyHeader(powers -> powers.policy(BROWSER_POWERS))
        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(
            resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .httpStrictTransportSecurity(
            hsts -> {
              // a browser that was told so cannot be talked out of it when a local CA is lost
              if (strictTransport) {
                hsts.includeSubDomains(false);
              } else {
                hsts.disable();
              }
            })
        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
  }

  private static void problems(
      ExceptionHandlingConfigurer<HttpSecurity> handling, ProblemWriter problems) {
    handling
        .authenticationEntryPoint(
            (request, response, no) ->
                problems.write(
                    response, Problem.of(Kind.UNAUTHENTICATED, "Sign in, or send an API key.")))
        .accessDeniedHandler(
            (request, response, no) ->
                problems.write(response, Problem.of(Kind.FORBIDDEN, "This is not for you.")));
  }
}
