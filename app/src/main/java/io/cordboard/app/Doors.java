package io.cordboard.app;

import io.cordboard.app.net.FreePort;
import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallDoor;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.journey.ConnectCrms;
import io.cordboard.core.journey.EditCustomer;
import io.cordboard.core.journey.ImportFiles;
import io.cordboard.core.journey.ManageWebhooks;
import io.cordboard.core.journey.MapCrms;
import io.cordboard.core.journey.MergeCustomers;
import io.cordboard.core.journey.PlayRecording;
import io.cordboard.core.journey.ReconcileCrms;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.journey.WorkLeads;
import io.cordboard.core.journey.WorkTasks;
import io.cordboard.core.journey.WorkTickets;
import io.cordboard.core.call.recording.RecordingAlarms;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.IceServers;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.routing.QueueSettings;
import io.cordboard.core.setup.SetupStore;
import io.cordboard.core.sync.Connections;
import io.cordboard.core.sync.webhook.ChangeFeed;
import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditVerifier;
import io.cordboard.core.trust.Incidents;
import io.cordboard.core.trust.LoginThrottle;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.core.trust.Users;
import io.cordboard.core.work.DeadLetters;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.store.JdbcCallArchive;
import io.cordboard.store.JdbcIceServers;
import io.cordboard.store.JdbcSettings;
import io.cordboard.store.customer.JdbcTickets;
import io.cordboard.store.recording.JdbcRecordingAlarms;
import io.cordboard.store.setup.JdbcSetup;
import io.cordboard.store.webhook.JdbcChangeFeed;
import io.cordboard.web.WebConfiguration;
import io.cordboard.web.WebSettings;
import io.cordboard.web.api.SwitchAdmin;
import io.cordboard.web.api.TeamChanges;
import io.cordboard.web.ops.HealthLines;
import io.cordboard.web.phone.PhoneSettings;
import io.cordboard.web.session.SessionLimits;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The web part, opened to one core. */
record Doors(
    ConfigurableApplicationContext context, Entrance entrance, String localToken)
    implements AutoCloseable {

  /** What Spring starts. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(WebConfiguration.class)
  static class Web {}

  static Doors open(Core core, Settings settings, Entrance entrance, SecureRandom random) {
    byte[] token = new byte[32];
    random.nextBytes(token);
    String localToken = HexFormat.of().formatHex(token);
    WebSettings web =
        new WebSettings(
            settings.desk(), settings.data().resolve("sessions"), localToken,
            entrance.site(), SessionLimits.DEFAULT);
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SpringApplication application = new SpringApplication(Web.class);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(entrance.properties());
    application.addInitializers(
        context -> {
          register((GenericApplicationContext) context, core, web, random);
          entrance.register((GenericApplicationContext) context);
        });
    return new Doors(run(application), entrance, localToken);
  }

  /** The port was free when the start began; somebody may have come first. */
  private static ConfigurableApplicationContext run(SpringApplication application) {
    try {
      return application.run();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof PortInUseException taken) {
          throw FreePort.inUse(taken.getPort());
        }
      }
      throw e;
    }
  }

  private static void register(
      GenericApplicationContext context, Core core, WebSettings web, SecureRandom random) {
    bean(context, WebSettings.class, () -> web);
    bean(context, Clock.class, () -> core.clock);
    bean(context, Ids.class, () -> core.ids);
    bean(context, SecureRandom.class, () -> random);
    bean(context, Users.class, () -> core.users);
    bean(context, PasswordHasher.class, () -> core.hasher);
    bean(context, LoginThrottle.class, () -> new LoginThrottle(core.clock));
    bean(context, ApiKeys.class, () -> core.keys);
    bean(context, Audit.class, () -> core.audit);
    bean(context, DeskDoor.class, () -> core.desk);
    bean(context, TeamDoor.class, () -> core.team);
    bean(context, CallDoor.class, () -> core.calls);
    bean(context, PhoneSettings.class, () -> core.phones);
    bean(context, AuditVerifier.class, () -> core.verifier);
    bean(context, RecordingStore.class, () -> core.recordings.store);
    bean(context, RecordingAlarms.class, () -> new JdbcRecordingAlarms(core.pool));
    bean(context, CallArchive.class, () -> new JdbcCallArchive(core.pool));
    bean(context, SparePhones.class, () -> core.spares);
    bean(context, QueueSettings.class, () -> new JdbcSettings(core.pool));
    bean(context, TalkQualities.class, () -> core.qualities);
    bean(
        context, PlayRecording.class,
        () -> new PlayRecording(core.recordings.store, core.recordings.reader, core.audit));
    bean(context, DeadLetters.class, () -> core.recordings.deadLetters);
    CustomerParts customers = core.customers;
    bean(context, SeeCustomer.class, customers::see);
    bean(context, EditCustomer.class, customers::edit);
    bean(context, MergeCustomers.class, customers::merge);
    bean(context, WorkTasks.class, customers::tasks);
    bean(context, WorkLeads.class, customers::leads);
    bean(context, Incidents.class, customers::incidents);
    bean(context, ImportFiles.class, customers::imports);
    bean(context, Connections.class, () -> core.crms.connections);
    bean(context, ConnectCrms.class, () -> core.crms.connect);
    bean(context, MapCrms.class, () -> core.crms.mappings);
    bean(context, ReconcileCrms.class, () -> core.crms.reconcile);
    bean(context, SwitchAdmin.class, () -> core.switches);
    bean(context, HealthLines.class, () -> core.health);
    // Spring makes meters of its own for it: its filters come too late for the core's, which count already
    bean(context, PrometheusRegistry.class, () -> core.prometheus);
    bean(context, TeamChanges.class, () -> core::teamChanged);
    bean(context, LiveDirectory.class, () -> core.directory);
    bean(context, NumberReader.class, NumberReader::new);
    bean(context, IceServers.class, () -> new JdbcIceServers(core.pool));
    bean(context, TrunkBook.class, () -> core.trunks);
    bean(context, SetupStore.class, () -> new JdbcSetup(core.pool));
    bean(context, ManageWebhooks.class, () -> core.webhooks.manage);
    bean(
        context, WorkTickets.class,
        () ->
            new WorkTickets(
                new JdbcTickets(core.pool), core.desk.liveCustomers(), core.audit, core.clock));
    bean(context, ChangeFeed.class, () -> new JdbcChangeFeed(core.pool));
  }

  private static <T> void bean(
      GenericApplicationContext context, Class<T> type, Supplier<T> supplier) {
    context.registerBean(type, supplier);
  }

  @Override
  public void close() {
    context.close();
  }

  @Override
  public String toString() {
    return "Doors[" + entrance.url() + "]";
  }
}
