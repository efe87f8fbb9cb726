package io.cordboard.web.api;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Line;
import io.cordboard.core.trust.Permission;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How lines and queues are set up. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1")
class SetupController {
  private final Supplier<Directory> directory;

  SetupController(Supplier<Directory> directory) {
    this.directory = directory;
  }

  record Lines(List<Line> items) {}

  record Queues(List<QueueView> items) {}

  /** A queue and how many serve it. */
  record QueueView(String id, String label, int members) {}

  record Dispositions(List<Disposition> items) {}

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
            .map(queue -> new QueueView(queue.id(), queue.label(), queue.members().size()))
            .sorted(Comparator.comparing(QueueView::id))
            .toList());
  }

  @Operation(summary = "The outcomes that an agent may give a call, in their order")
  @Needs({Permission.TAKE_CALLS, Permission.SEE_TEAM})
  @GetMapping("/dispositions")
  Dispositions dispositions() {
    return new Dispositions(directory.get().dispositions());
  }
}
