package io.cordboard.web.api;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.NoteTemplate;
import io.cordboard.core.routing.QueueSettings;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How lines and queues are set up. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1")
class SetupController {
  private final Supplier<Directory> directory;
  private final QueueSettings settings;
  private final Audit audit;
  private final TeamChanges team;

  SetupController(
      Supplier<Directory> directory, QueueSettings settings, Audit audit, TeamChanges team) {
    this.directory = directory;
    this.settings = settings;
    this.audit = audit;
    this.team = team;
  }

  record Lines(List<Line> items) {}

  record Queues(List<QueueView> items) {}

  /**
   * A queue and how many serve it.
   *
   * @param autoAnswer whether browser phones answer its calls by themselves, after a tone
   */
  record QueueView(String id, String label, int members, boolean autoAnswer) {}

  /** What shall be of a queue. */
  record QueueOrder(boolean autoAnswer) {}

  /**
   * What an agent fills in when a talk is over.
   *
   * @param items dispositions and their groups, in their order
   * @param fields asked on their lines, beside the disposition
   * @param templates that notes may begin with
   */
  record Dispositions(List<Disposition> items, List<OutcomeField> fields, List<NoteTemplate> templates) {}

  @Operation(summary = "The numbers that customers dial, with their rules")
  @Needs({Permission.PLACE_TEST_CALLS, Permission.SEE_SYSTEM})
  @GetMapping("/lines")
  Lines lines() {
    return new Lines(
        directory.get().lines().values().stream().sorted(Comparator.comparing(Line::did)).toList());
  }

  @Operation(summary = "The queues")
  @Needs({Permission.TAKE_CALLS, Permission.SEE_TEAM})
  @GetMapping("/queues")
  Queues queues() {
    return new Queues(
        directory.get().queues().values().stream()
            .map(SetupController::view)
            .sorted(Comparator.comparing(QueueView::id))
            .toList());
  }

  @Operation(summary = "Set whether browser phones answer a queue's calls by themselves, after a tone")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/queues/{id}")
  QueueView queue(@PathVariable String id, @RequestBody QueueOrder order, Principal who) {
    audit.recordNow(
        new AuditEntry(
            who.auditName(), "queue-changed", "queue:" + Fault.excerpt(id), AuditEntry.Outcome.DONE,
            null, Map.of("autoAnswer", String.valueOf(order.autoAnswer()))));
    settings.autoAnswer(id, order.autoAnswer());
    team.changed();
    return Optional.ofNullable(directory.get().queues().get(id))
        .map(SetupController::view)
        .orElseThrow(() -> new Fault.NotFound("This queue is gone."));
  }

  private static QueueView view(Directory.Queue queue) {
    return new QueueView(queue.id(), queue.label(), queue.members().size(), queue.autoAnswer());
  }

  @Operation(summary = "What an agent fills in when a talk is over: outcomes, fields, beginnings of notes")
  @Needs({Permission.TAKE_CALLS, Permission.SEE_TEAM})
  @GetMapping("/dispositions")
  Dispositions dispositions() {
    Directory now = directory.get();
    return new Dispositions(now.dispositions(), now.outcome().fields(), now.outcome().templates());
  }
}
