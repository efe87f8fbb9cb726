package io.cordboard.web.api;

import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.setup.SetupBook;
import io.cordboard.core.setup.SetupStore;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Ids;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.CallerArgument;
import io.cordboard.web.guard.NeedsInterceptor;
import io.cordboard.web.session.Secrets;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The controllers, and what stands in front of each. */
@Configuration(proxyBeanMethods = false)
@Import({
  AgentController.class,
  AuditController.class,
  CallController.class,
  CallRecordController.class,
  CrmController.class,
  CrmMappingController.class,
  ReconcileController.class,
  CtiController.class,
  CustomerController.class,
  DeadLetterController.class,
  HealthController.class,
  HookController.class,
  IceController.class,
  ImportController.class,
  IncidentController.class,
  KeyController.class,
  LeadController.class,
  MergeController.class,
  NumberController.class,
  OpenApiDocument.class,
  PhoneController.class,
  RecordingAlarmController.class,
  RecordingController.class,
  SessionController.class,
  SetupController.class,
  SetupFileController.class,
  SwitchController.class,
  TrunkController.class,
  TaskController.class,
  TeamController.class,
  TimelineController.class,
  CorrectionController.class,
  HandOverController.class,
  LiveRecordController.class,
  OutgoingCallController.class,
  OwnDeskController.class,
  PastCallController.class,
  TalkController.class,
  TransferController.class,
  UserController.class,
  WebhookController.class
})
public class ApiConfiguration {

  @Bean
  OwnDesk ownDesk(DeskDoor desk) {
    return new OwnDesk(desk);
  }

  @Bean
  OneTimePasswords oneTimePasswords(PasswordHasher hasher, Secrets secrets, Ids ids, Clock clock) {
    return new OneTimePasswords(hasher, secrets, ids, clock);
  }

  @Bean
  SetupBook setupBook(
      SetupStore store, PasswordHasher hasher, Secrets secrets, Ids ids, Clock clock) {
    return new SetupBook(store, new SetupBook.Making(clock, ids, hasher, secrets::password));
  }

  @Bean
  SetupFileController.SetupReload setupReload(TrunkBook trunks, TeamChanges team) {
    return new SetupFileController.SetupReload(trunks, team);
  }

  @Bean
  WebMvcConfigurer apiRules(Audit audit, LoggingSystem logging) {
    // it would write down whatever somebody typed into an address
    logging.setLogLevel("org.springframework.web.servlet.PageNotFound", LogLevel.OFF);
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(Principal.class, Caller.class)
        .replaceWithClass(CustomerId.class, String.class);
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new NeedsInterceptor(audit)).addPathPatterns("/api/v1/**");
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
      }
    };
  }
}
