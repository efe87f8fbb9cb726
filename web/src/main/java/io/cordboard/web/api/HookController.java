package io.cordboard.web.api;

import io.cordboard.core.sync.Connections;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.web.guard.ForAnybody;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What systems that are joined tell us by themselves. They prove it by a signature, not by a sign-in. */
@Tag(name = "crms")
@RestController
@RequestMapping("/api/v1/hooks")
class HookController {
  private final Connections connections;
  private final HookLimits limits;
  private final Clock clock;

  HookController(Connections connections, Clock clock) {
    this.connections = connections;
    this.limits = new HookLimits(clock);
    this.clock = clock;
  }

  @Operation(
      summary = "A system tells that records of it changed; signed as its file says, at most 1 MB",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))))
  @ForAnybody
  @PostMapping("/{name}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void told(@PathVariable String name, HttpServletRequest request) throws IOException {
    String address = request.getRemoteAddr();
    limits.enter(address);
    try {
      connections.told(name, hook(request));
    } catch (Fault.NotFound unknown) {
      limits.refused(address);
      // why it does not run is nobody's business outside
      throw new Fault.NotFound("Nothing is taken here under this name.");
    } catch (Fault.AuthLapsed unproved) {
      limits.refused(address);
      throw new Denied(Kind.UNAUTHENTICATED, "This is not signed as agreed.");
    }
  }

  @Operation(
      summary = "The same of one record, as FHIR servers put it: its type and id stand behind the name",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))))
  @ForAnybody
  @PutMapping("/{name}/{type}/{id}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void put(@PathVariable String name, @PathVariable String type, @PathVariable String id, HttpServletRequest request)
      throws IOException {
    told(name, request);
  }

  private Hook hook(HttpServletRequest request) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
    }
    String query = request.getQueryString();
    String uri = request.getRequestURL() + (query == null ? "" : "?" + query);
    return new Hook(uri, headers, request.getInputStream().readAllBytes(), clock.micros());
  }
}
