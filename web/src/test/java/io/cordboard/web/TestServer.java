package io.cordboard.web;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallDoor;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.recording.RecordingAlarms;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.IceServers;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.TrunkBook;
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
import io.cordboard.core.routing.Directory;
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
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.core.work.DeadLetters;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.web.api.SwitchAdmin;
import io.cordboard.web.api.TeamChanges;
import io.cordboard.web.fake.EmptyAudit;
import io.cordboard.web.fake.World;
import io.cordboard.web.ops.HealthLines;
import io.cordboard.web.phone.PhoneSettings;
import io.cordboard.web.session.SessionLimits;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The real server on a free port, over a {@link World}. */
public final class TestServer implements AutoCloseable {
  private final World world;
  private final ConfigurableApplicationContext context;

  /** The application around the web part. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(WebConfiguration.class)
  static class App {
    @Bean
    Supplier<Directory> directory() {
      return World::directory;
    }
  }

  private TestServer(World world, ConfigurableApplicationContext context) {
    this.world = world;
    this.context = context;
  }

  /** Starts it without a desk. */
  public static TestServer start() {
    return start(new World(), null, null);
  }

  /** Starts it. */
  public static TestServer start(World world, @Nullable Path desk, @Nullable Path sessions) {
    WebSettings settings =
        new WebSettings(
            desk, sessions, World.LOCAL_TOKEN, WebSettings.Site.LOCAL, SessionLimits.DEFAULT);
    SpringApplication application = new SpringApplication(App.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off",
            "logging.level.root", "warn"));
    application.addInitializers(
        context -> register((GenericApplicationContext) context, world, settings));
    return new TestServer(world, application.run());
  }

  private static void register(GenericApplicationContext context, World w, WebSettings settings) {
    bean(context, WebSettings.class, () -> settings);
    bean(context, Clock.class, () -> w.clock);
    bean(context, SecureRandom.class, () -> w.random);
    bean(context, Ids.class, () -> w.ids);
    bean(context, Users.class, () -> w.users);
    bean(context, PasswordHasher.class, () -> w.hasher);
    bean(context, LoginThrottle.class, () -> w.throttle);
    bean(context, ApiKeys.class, () -> w.keys);
    bean(context, Audit.class, () -> w.audit);
    bean(context, DeskDoor.class, () -> w.desk);
    bean(context, TeamDoor.class, () -> w.team);
    bean(context, PhoneSettings.class, () -> w.phones);
    bean(context, CallDoor.class, () -> w.calls);
    bean(context, RecordingStore.class, () -> w.recordings);
    bean(context, RecordingAlarms.class, () -> w.alarms);
    bean(context, CallArchive.class, () -> w.archive);
    bean(context, SparePhones.class, () -> w.spares);
    bean(context, QueueSettings.class, () -> (queue, on) -> w.autoAnswers.put(queue, on));
    bean(context, TalkQualities.class, () -> w.qualities);
    bean(
        context, PlayRecording.class, () -> new PlayRecording(w.recordings, w.recordings, w.audit));
    bean(context, SeeCustomer.class, () -> w.see);
    bean(context, EditCustomer.class, () -> w.edit);
    bean(context, MergeCustomers.class, () -> w.merges);
    bean(context, WorkTasks.class, () -> w.work);
    bean(context, WorkLeads.class, () -> w.workLeads);
    bean(context, Incidents.class, () -> w.customers);
    bean(context, ImportFiles.class, () -> w.files);
    bean(context, Connections.class, () -> w.connections);
    bean(context, ConnectCrms.class, () -> w.connect);
    bean(context, MapCrms.class, () -> w.mappings);
    bean(context, ReconcileCrms.class, () -> w.reconcile);
    bean(context, SwitchAdmin.class, () -> w.switches);
    bean(context, DeadLetters.class, () -> w.letters);
    bean(context, HealthLines.class, () -> w.health);
    bean(context, TeamChanges.class, () -> w::teamChanged);
    bean(context, NumberReader.class, NumberReader::new);
    bean(context, IceServers.class, () -> w.ice);
    bean(context, TrunkBook.class, () -> new TrunkBook(w.trunks));
    bean(context, SetupStore.class, () -> w.setup);
    bean(context, ManageWebhooks.class, () -> w.hooks);
    bean(
        context, WorkTickets.class,
        () -> new WorkTickets(w.tickets, w.customers, w.audit, w.clock));
    bean(context, ChangeFeed.class, () -> w.feed);
    bean(context, AuditVerifier.class, () -> new AuditVerifier(new EmptyAudit(), new EmptyAudit()));
  }

  private static <T> void bean(
      GenericApplicationContext context, Class<T> type, Supplier<T> supplier) {
    context.registerBean(type, supplier);
  }

  /** What it stands on. */
  public World world() {
    return world;
  }

  /** One of its parts. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** All its parts of a kind. */
  public <T> Collection<T> parts(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  /** Where it listens. */
  public int port() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** A client that has not signed in. */
  public Client anybody() {
    return new Client("http://127.0.0.1:" + port());
  }

  /** A client in which the user has signed in. */
  public Client as(User user) {
    Client client = anybody();
    Client.Answer answer = client.signIn(user.username().value(), World.PASSWORD);
    if (answer.status() != 200) {
      throw new AssertionError("nobody signed in: " + answer.body());
    }
    return client;
  }

  /** A program with a key or the local token. */
  public Client with(String bearer) {
    return anybody().header("Authorization", "Bearer " + bearer);
  }

  @Override
  public void close() {
    context.close();
  }
}
