package io.cordboard.web.api;

import io.cordboard.core.trust.AuditVerdict;
import io.cordboard.core.trust.AuditVerifier;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail. */
@Tag(name = "audit")
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
  private final AuditVerifier verifier;
  private final Semaphore one = new Semaphore(1);

  AuditController(AuditVerifier verifier) {
    this.verifier = verifier;
  }

  @Operation(summary = "Walk the audit chains; takes as long as there are rows")
  @Needs(Permission.READ_AUDIT)
  @PostMapping("/verify")
  AuditVerdict verify() {
    if (!one.tryAcquire()) {
      throw new Fault.Busy("The audit is being verified already.", Duration.ofSeconds(30));
    }
    try {
      return verifier.verify();
    } finally {
      one.release();
    }
  }
}
