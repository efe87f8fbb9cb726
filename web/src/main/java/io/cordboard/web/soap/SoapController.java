package io.cordboard.web.soap;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Caller;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.soap.SoapOperations.SoapOperation;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** One address for all operations, and the contract beside it. */
@Hidden
@RestController
public final class SoapController {
  private static final String ADDRESS = "/soap/cordboard";
  private final SoapOperations operations;
  private final Audit audit;
  private final SoapReader reader = new SoapReader();
  private final String contract = read("cordboard.wsdl");

  public SoapController(SoapOperations operations, Audit audit) {
    this.operations = operations;
    this.audit = audit;
  }

  private static String read(String file) {
    try (InputStream in = SoapController.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new Fault.Bug(file + " is not there.", null);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new Fault.Bug(file + " cannot be read.", broken);
    }
  }

  @GetMapping({ADDRESS + ".wsdl", ADDRESS})
  ResponseEntity<byte[]> wsdl(HttpServletRequest request) {
    // the name was looked at by HostFilter
    String url = request.getRequestURL().toString();
    String address = url.substring(0, url.indexOf(ADDRESS)) + ADDRESS;
    return xml(200, "text/xml", contract.replace("{{address}}", XmlText.escaped(address)));
  }

  @PostMapping(ADDRESS)
  ResponseEntity<byte[]> call(HttpServletRequest request) throws IOException {
    Caller caller = Caller.current().orElseThrow();
    if (caller.session().isPresent()) {
      throw new Denied(Kind.FORBIDDEN, "SOAP is for programs: send an API key.");
    }
    SoapVersion version = version(request);
    SoapAnswer answer;
    try {
      answer =
          new SoapAnswer(200, answered(request, version, caller.getPrincipal()));
    } catch (IOException | RuntimeException failed) {
      answer = SoapFault.of(failed, version);
    }
    return xml(answer.status(), version.type(), answer.envelope(version));
  }

  private String answered(HttpServletRequest request, SoapVersion version, Principal who)
      throws IOException {
    XmlNode asked = reader.read(request.getInputStream().readAllBytes(), version);
    if (!asked.namespace().equals(XmlText.OURS)) {
      throw new Fault.BadRequest(
          "The operation is not of the namespace '%s'.".formatted(XmlText.OURS));
    }
    SoapOperation operation = operations.find(asked.name());
    if (operation.needs().stream().noneMatch(who::may)) {
      throw refused(who, asked.name(), operation);
    }
    asked.mustHaveOnly(operation.takes());
    return operation.work().answer(asked, who).toString();
  }

  private Denied refused(Principal who, String name, SoapOperation operation) {
    String lacking =
        operation.needs().stream().map(Permission::name).sorted().collect(Collectors.joining(" or "));
    audit.record(AuditEntry.refused(who, "access-refused", "operation:SOAP " + name, lacking));
    return new Denied(
        Kind.FORBIDDEN,
        "The role %s lacks %s; an administrator can make a key of another role."
            .formatted(who.role(), lacking));
  }

  /** By the media type alone; a package of several parts, as XOP and attachments come, is none of them. */
  private static SoapVersion version(HttpServletRequest request) {
    String type = request.getContentType() == null ? "" : request.getContentType();
    String plain = type.split(";", 2)[0].strip();
    for (SoapVersion version : SoapVersion.values()) {
      if (version.type().equalsIgnoreCase(plain)) {
        return version;
      }
    }
    throw new Denied(
        Kind.UNSUPPORTED_MEDIA_TYPE,
        "Send one envelope as text/xml (SOAP 1.1) or application/soap+xml (1.2), without attachments.");
  }

  private static ResponseEntity<byte[]> xml(int status, String type, String text) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.CONTENT_TYPE, type + ";charset=utf-8")
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
