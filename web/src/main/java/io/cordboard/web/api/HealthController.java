package io.cordboard.web.api;

import io.cordboard.core.trust.Permission;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.ops.HealthLines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Health in detail; {@code /health/ready} tells everybody the sum of it. */
@Tag(name = "health")
@RestController
@RequestMapping("/api/v1/health")
class HealthController {
  private final HealthLines health;

  HealthController(HealthLines health) {
    this.health = health;
  }

  /**
   * Every line, and the worst state of all.
   *
   * @param lines each part of the server
   */
  record HealthView(
      HealthLines.State state, List<HealthLine> lines, HealthLines.Figures figures) {}

  /**
   * One part.
   *
   * @param name stable, for scripts
   * @param detail what is wrong and how to mend it; null when all is well
   */
  record HealthLine(String name, HealthLines.State state, @Nullable String detail) {
    static HealthLine of(HealthLines.Line line) {
      return new HealthLine(line.name(), line.state(), line.detail());
    }
  }

  @Operation(summary = "What stands and what does not, line by line")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping
  HealthView health() {
    List<HealthLines.Line> lines = health.lines();
    HealthLines.State worst =
        lines.stream()
            .map(HealthLines.Line::state)
            .max(Enum::compareTo)
            .orElse(HealthLines.State.UP);
    return new HealthView(
        worst, lines.stream().map(HealthLine::of).toList(), health.figures());
  }
}
