package io.cordboard.web.api;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.service.Tasks;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.FullPayload;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.json.Json;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The very JSON that this interface answers, for receivers of webhooks: as somebody sees it who has nobody verified. */
public final class WebhookPayloads implements FullPayload {
  private static final JsonMapper JSON = Json.mapper();
  private final Shown shown;

  /** Where things are read. */
  public record Shown(
      SeeCustomer customers, Tasks tasks, CallArchive calls, RecordingStore recordings,
      TalkQualities qualities, Users users) {}

  public WebhookPayloads(Shown shown) {
    this.shown = shown;
  }

  @Override
  public Optional<String> of(Event event, Endpoint receiver) {
    Principal who = Principal.receiver(receiver.id());
    return switch (event.type()) {
      case CALL_ENDED, CALL_RECORD_CHANGED -> record(new CallId(event.subject()), who);
      case CUSTOMER_CREATED, CUSTOMER_CHANGED, CUSTOMER_MERGED, CUSTOMER_UNMERGED ->
          customer(new CustomerId(event.subject()), who);
      case TASK_OPENED, TASK_CLOSED ->
          shown.tasks().find(event.subject()).map(task -> json(TaskController.Task.of(task, who)));
      case TEST -> Optional.empty();
    };
  }

  private Optional<String> record(CallId call, Principal who) {
    return shown
        .calls()
        .find(call)
        .map(
            past ->
                json(
                    CallRecordController.view(
                        past, shown.recordings().ofCall(call), shown.qualities().ofCall(call),
                        new PeopleNames(shown.users()), who)));
  }

  private Optional<String> customer(CustomerId customer, Principal who) {
    try {
      return Optional.of(json(CustomerView.File.of(shown.customers().file(who, customer))));
    } catch (Fault.NotFound gone) {
      return Optional.empty();
    }
  }

  private static String json(Object view) {
    return JSON.writeValueAsString(view);
  }
}
