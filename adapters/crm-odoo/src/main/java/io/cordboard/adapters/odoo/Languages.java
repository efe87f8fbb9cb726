package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Languages by our names of them, such as zh-CN, and by Odoo's, such as zh_CN. Thread-safe. */
final class Languages {
  private final JsonTwo odoo;
  private volatile List<String> installed = List.of();

  Languages(JsonTwo odoo) {
    this.odoo = odoo;
  }

  static String ours(String code) {
    return code.replace("@latin", "-Latn").replace("@Cyrl", "-Cyrl").replace('_', '-');
  }

  /**
   * Odoo's name of a language that is installed there: this very one, else one of another country.
   *
   * @throws Fault.Refused when there is none
   */
  String code(String ours) {
    return fitting(ours)
        .or(
            () -> {
              installed = asked();
              return fitting(ours);
            })
        .orElseThrow(
            () ->
                new Fault.Refused(
                    "The language '%s' is not active in Odoo: an administrator there has to activate it."
                        .formatted(Fault.excerpt(ours))));
  }

  private Optional<String> fitting(String ours) {
    List<String> known = installed;
    String head = ours.split("-", 2)[0];
    return known.stream()
        .filter(code -> ours(code).equalsIgnoreCase(ours))
        .findFirst()
        .or(
            () ->
                known.stream()
                    .filter(code -> code.split("[_@]", 2)[0].equalsIgnoreCase(head))
                    .findFirst());
  }

  private List<String> asked() {
    JsonNode told =
        odoo.ask(
            "res.partner",
            "fields_get",
            Map.of(
                "allfields",
                List.of("lang"),
                "attributes",
                List.of("selection"),
                "context",
                Shape.context()));
    return told.path("lang")
        .path("selection")
        .valueStream()
        .map(option -> option.path(0).asString())
        .toList();
  }
}
