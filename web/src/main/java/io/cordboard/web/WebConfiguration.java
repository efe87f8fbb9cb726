package io.cordboard.web;

import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.journey.WorkTickets;
import io.cordboard.core.sync.webhook.ChangeFeed;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.LoginThrottle;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Clock;
import io.cordboard.web.api.ApiConfiguration;
import io.cordboard.web.desk.DeskSockets;
import io.cordboard.web.guard.HostRule;
import io.cordboard.web.guard.LocalToken;
import io.cordboard.web.guard.OriginRule;
import io.cordboard.web.guard.SecurityRules;
import io.cordboard.web.json.Json;
import io.cordboard.web.ops.OpsConfiguration;
import io.cordboard.web.page.AuthorityPage;
import io.cordboard.web.page.DeskPages;
import io.cordboard.web.problem.ProblemAdvice;
import io.cordboard.web.problem.ProblemPage;
import io.cordboard.web.problem.ProblemValve;
import io.cordboard.web.problem.ProblemWriter;
import io.cordboard.web.session.AgentsInCall;
import io.cordboard.web.session.Secrets;
import io.cordboard.web.session.SessionFile;
import io.cordboard.web.session.SessionStore;
import io.cordboard.web.session.Sessions;
import io.cordboard.web.session.SignIn;
import io.cordboard.web.soap.SoapController;
import io.cordboard.web.soap.SoapOperations;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything of the web part. The application imports it into a Spring Boot context with
 * auto-configuration and gives the ports of the core, {@link WebSettings}, a {@link Clock}, a
 * {@link SecureRandom} and the ports that this module declares as beans.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/cordboard/web/web.properties")
@Import({
  SecurityRules.class,
  DeskSockets.class,
  ApiConfiguration.class,
  OpsConfiguration.class,
  ProblemAdvice.class,
  ProblemPage.class,
  AuthorityPage.class,
  SoapController.class
})
public class WebConfiguration {

  @Bean
  JsonMapper jsonMapper() {
    return Json.mapper();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper mapper) {
    return new ProblemWriter(mapper);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve(ProblemWriter writer) {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              StandardHost host = (StandardHost) context.getParent();
              // the one that is there already is taken: the container makes none of its own
              host.setErrorReportValveClass(ProblemValve.class.getName());
              host.getPipeline().addValve(new ProblemValve(writer));
            });
  }

  @Bean
  LocalToken localToken(WebSettings settings) {
    return new LocalToken(settings.localToken());
  }

  @Bean
  OriginRule originRule(WebSettings settings) {
    return new OriginRule(settings.site().origins());
  }

  @Bean
  HostRule hostRule(WebSettings settings) {
    return new HostRule(settings.site());
  }

  @Bean
  Secrets secrets(SecureRandom random) {
    return new Secrets(random);
  }

  @Bean
  Sessions sessions(Sessions.Basics basics, WebSettings settings, DeskDoor desk) {
    Path file = settings.sessionFile();
    SessionStore store = file == null ? SessionStore.NONE : new SessionFile(file);
    return new Sessions(basics, store, settings.limits(), new AgentsInCall(desk));
  }

  @Bean
  Sessions.Basics sessionBasics(Users users, Clock clock, Secrets secrets) {
    return new Sessions.Basics(users, clock, secrets);
  }

  @Bean
  SignIn signIn(
      Users users,
      PasswordHasher hasher,
      LoginThrottle throttle,
      Audit audit,
      Sessions sessions,
      Secrets secrets) {
    return new SignIn(users, hasher, throttle, audit, sessions, secrets);
  }

  @Bean
  SoapOperations soapOperations(
      SeeCustomer customers, TeamDoor team, WorkTickets tickets, ChangeFeed feed, Clock clock) {
    return new SoapOperations(new SoapOperations.Rooms(customers, team, tickets, feed, clock));
  }

  @Bean
  WebMvcConfigurer deskPages(WebSettings settings) {
    Path desk = settings.desk();
    return desk == null ? new WebMvcConfigurer() {} : new DeskPages(desk);
  }
}
