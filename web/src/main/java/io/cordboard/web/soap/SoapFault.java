package io.cordboard.web.soap;

import io.cordboard.kernel.Fault;
import io.cordboard.web.problem.Problem;
import io.cordboard.web.problem.Problems;
import java.io.Serial;

/** What went wrong, as SOAP writes it. */
final class SoapFault {
  private SoapFault() {}

  /** The envelope is of another version than its media type says. */
  static final class Mismatch extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** A header that must be understood is not. */
  static final class NotUnderstood extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    NotUnderstood(String header) {
      super("The header '%s' is not understood here.".formatted(Fault.excerpt(header)));
    }
  }

  /** The envelope that tells it. */
  static SoapAnswer of(Throwable thrown, SoapVersion version) {
    return switch (thrown) {
      case Mismatch wrong ->
          answer(
              version, "VersionMismatch", "VersionMismatch", "version-mismatch",
              "The envelope is of another SOAP version than its media type says.", null, false);
      case NotUnderstood header ->
          answer(
              version, "MustUnderstand", "MustUnderstand", "must-understand",
              String.valueOf(header.getMessage()), null, false);
      default -> of(Problems.of(thrown), version);
    };
  }

  private static SoapAnswer of(Problem problem, SoapVersion version) {
    boolean theirs = problem.status() < 500 && problem.status() != 429;
    return answer(
        version, theirs ? "Client" : "Server", theirs ? "Sender" : "Receiver",
        problem.type().substring(problem.type().lastIndexOf('/') + 1), problem.detail(),
        problem.retryAfterSeconds(), theirs);
  }

  private static SoapAnswer answer(
      SoapVersion version, String one, String two, String code, String words,
      @org.jspecify.annotations.Nullable Long retryAfter, boolean theirs) {
    XmlText detail = new XmlText();
    detail.open("Fault").text("code", code).text("retryAfterSeconds", retryAfter).close("Fault");
    String text =
        version == SoapVersion.ONE_ONE
            ? "<s:Fault><faultcode>s:%s</faultcode><faultstring>%s</faultstring><detail>%s</detail></s:Fault>"
                .formatted(one, XmlText.escaped(words), detail)
            : "<s:Fault><s:Code><s:Value>s:%s</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">%s</s:Text></s:Reason><s:Detail>%s</s:Detail></s:Fault>"
                .formatted(two, XmlText.escaped(words), detail);
    // SOAP 1.1 wants 500 for every fault
    int status = version == SoapVersion.ONE_TWO && theirs ? 400 : 500;
    return new SoapAnswer(status, text);
  }
}
