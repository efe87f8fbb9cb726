package io.cordboard.app;

import io.cordboard.core.journey.ManageWebhooks;
import io.cordboard.core.sync.webhook.DeliverWebhook;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoints;
import io.cordboard.core.sync.webhook.EventOutbox;
import io.cordboard.core.sync.webhook.Sender;
import io.cordboard.core.sync.webhook.WebhookPost;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Principal;
import io.cordboard.store.JdbcCallArchive;
import io.cordboard.store.customer.JdbcTasks;
import io.cordboard.store.webhook.JdbcEndpoints;
import io.cordboard.store.webhook.JdbcEventOutbox;
import io.cordboard.web.api.WebhookPayloads;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Others are told what happens here. */
final class WebhookRoom implements AutoCloseable {
  final ManageWebhooks manage;
  private final Core core;
  private final WebhookPost post;

  /**
   * Makes it.
   *
   * @param inside hosts of the own network that may be told
   */
  WebhookRoom(Core core, Set<String> inside, SecureRandom random) {
    this.core = core;
    Endpoints endpoints = new JdbcEndpoints(core.pool);
    EventOutbox outbox = new JdbcEventOutbox(core.pool);
    Sender sender = new HttpSender(inside);
    WebhookPayloads payloads =
        new WebhookPayloads(
            new WebhookPayloads.Shown(
                core.customers.see(), new JdbcTasks(core.pool), new JdbcCallArchive(core.pool),
                core.recordings.store, core.qualities, core.users));
    post =
        new WebhookPost(
            core.recordings.work, sender,
            new DeliverWebhook.Parts(endpoints, outbox, payloads, this::wentOff, core.clock),
            WebhookPost.Settings.standard(), random);
    manage =
        new ManageWebhooks(
            new ManageWebhooks.Rooms(endpoints, outbox, sender), core.audit,
            new ManageWebhooks.Making(core.clock, core.ids, random), post::changed);
  }

  private void wentOff(Endpoint endpoint, String why) {
    core.audit.record(
        new AuditEntry(
            Principal.system("webhooks").auditName(), "webhook-switched-off",
            "webhook:" + endpoint.id(), Outcome.DONE, null, Map.of("reason", why)));
    post.changed();
  }

  void start() {
    post.start();
  }

  /** What somebody should look at; null when all is well. */
  @Nullable String warning() {
    String trouble = post.trouble();
    if (trouble != null) {
      return trouble;
    }
    List<Endpoint> off =
        post.seen().stream().filter(one -> one.health().offWhy() != null).toList();
    return off.isEmpty()
        ? null
        : "%d webhook endpoints were switched off: GET /api/v1/webhooks says why."
            .formatted(off.size());
  }

  @Override
  public void close() {
    post.close();
  }
}
