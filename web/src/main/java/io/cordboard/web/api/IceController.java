package io.cordboard.web.api;

import io.cordboard.core.desk.IceServers;
import io.cordboard.core.desk.IceServers.IceServer;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** STUN and TURN servers for browser phones behind address translation. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1/ice-servers")
class IceController {
  private final IceServers servers;
  private final Audit audit;

  IceController(IceServers servers, Audit audit) {
    this.servers = servers;
    this.audit = audit;
  }

  record IceList(List<IceView> items) {}

  /** A server; its credential is handed to browser phones only. */
  record IceView(String url, @Nullable String username) {}

  record IceOrder(List<IceServerOrder> items) {}

  /**
   * A server.
   *
   * @param credential when not told for a server that is there already, it stays as it was
   */
  record IceServerOrder(String url, @Nullable String username, @Nullable String credential) {
    IceServer server(List<IceServer> before) {
      String kept = credential;
      for (IceServer one : before) {
        if (kept == null && one.url().equals(url) && username != null) {
          kept = username.equals(one.username()) ? one.credential() : null;
        }
      }
      return new IceServer(url, username, kept);
    }
  }

  @Operation(summary = "The STUN and TURN servers, without credentials")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping
  IceList list() {
    return view(servers.list());
  }

  @Operation(summary = "Set all STUN and TURN servers; phones take them at their next sign-in")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping
  IceList replace(@RequestBody IceOrder order, Principal who) {
    if (order.items().stream().anyMatch(one -> one == null)) {
      throw new Fault.BadRequest("'items' has an empty entry.");
    }
    List<IceServer> before = servers.list();
    List<IceServer> next = order.items().stream().map(one -> one.server(before)).toList();
    IceServers.check(next);
    audit.recordNow(
        new AuditEntry(
            who.auditName(), "ice-servers-changed", "setting:ice-servers", Outcome.DONE, null,
            Map.of("servers", next.toString())));
    servers.replace(next);
    return view(next);
  }

  private static IceList view(List<IceServer> servers) {
    return new IceList(
        servers.stream().map(one -> new IceView(one.url(), one.username())).toList());
  }
}
