package io.cordboard.web.api;

import io.cordboard.core.desk.IceServers;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.phone.PhoneSettings;
import io.cordboard.web.phone.PhoneSettings.BrowserPhone;
import io.cordboard.web.phone.PhoneSettings.IceServer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Stream;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The signed-in user's own browser phone. */
@Tag(name = "phone")
@RestController
@RequestMapping("/api/v1/phone")
class PhoneController {
  private final PhoneSettings settings;
  private final Users users;
  private final IceServers iceServers;

  PhoneController(PhoneSettings settings, Users users, IceServers iceServers) {
    this.settings = settings;
    this.users = users;
    this.iceServers = iceServers;
  }

  /**
   * What the page needs to register.
   *
   * @param wsPath where SIP passes through this server
   */
  record PhoneAccess(
      String extension,
      String password,
      String domain,
      String wsPath,
      List<IceServer> iceServers) {}

  @Operation(summary = "Settings of one's own browser phone")
  @Needs(Permission.TAKE_CALLS)
  @GetMapping
  PhoneAccess show(Caller caller) {
    Phone phone =
        caller
            .session()
            // not the session's: the phone may have been given a moment ago
            .flatMap(session -> users.byId(session.user().id()))
            .flatMap(user -> Optional.ofNullable(user.phone()))
            .filter(p -> p.kind() == Phone.Kind.BROWSER)
            .orElseThrow(() -> new Fault.NotFound("You have no browser phone."));
    return settings
        .of(phone)
        .map(this::access)
        .orElseThrow(
            () ->
                new Fault.Unreachable(
                    "The switch of your phone is not connected: start it, or ask the"
                        + " administrator.",
                    null));
  }

  private PhoneAccess access(BrowserPhone phone) {
    return new PhoneAccess(
        phone.extension(),
        phone.password(),
        phone.domain(),
        "/api/v1/phone/sip",
        Stream.concat(phone.iceServers().stream(), iceServers.list().stream().map(PhoneController::wire))
            .distinct()
            .toList());
  }

  private static IceServer wire(IceServers.IceServer server) {
    return new IceServer(List.of(server.url()), server.username(), server.credential());
  }
}
