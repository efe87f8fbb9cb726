package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.web.api.SwitchAdmin.SwitchStatus;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Phone switches. */
@Tag(name = "switches")
@RestController
@RequestMapping("/api/v1/switches")
class SwitchController {
  private final SwitchAdmin admin;
  private final Audit audit;

  SwitchController(SwitchAdmin admin, Audit audit) {
    this.admin = admin;
    this.audit = audit;
  }

  record Switches(List<SwitchStatus> items) {}

  @Operation(summary = "All switches: whether they work, and how far their clocks are off")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping
  Switches list() {
    return new Switches(admin.switches());
  }

  @Operation(summary = "Connect to the Asterisk beside this server, or let go of one that was stopped")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/asterisk")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Switches connectAsterisk(Principal who) {
    audit.recordNow(AuditEntry.done(who, "switch-connected", "switch:asterisk"));
    admin.connectAsterisk();
    return new Switches(admin.switches());
  }
}
