package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What an administrator of Odoo would have to click together, made with a key of theirs that is not
 * kept. Doing it again changes nothing but what is different.
 */
final class Preparation {
  private static final String GROUP = "cordboard.connection_group";
  private static final List<RecordKind> TOLD =
      List.of(
          RecordKind.CUSTOMER,
          RecordKind.TASK,
          RecordKind.TICKET,
          RecordKind.LEAD,
          RecordKind.ORDER);

  private final String system;
  private final JsonTwo administrator;

  Preparation(String system, JsonTwo administrator) {
    this.system = system;
    this.administrator = administrator;
  }

  /** A group that may do what the connection needs and no more, and the connection's user in it. */
  void letIn(long user) {
    load(
        "res.groups",
        Map.of(
            "id", GROUP,
            "name", "Cordboard",
            "implied_ids/id",
                "base.group_user,base.group_partner_manager,sales_team.group_sale_salesman_all_leads,project.group_project_user"));
    load(
        "ir.model.access",
        Map.of(
            "id", "cordboard.external_ids_access",
            "name", "Cordboard: external ids",
            "model_id/id", "base.model_ir_model_data",
            "group_id/id", GROUP,
            "perm_read", "1",
            "perm_write", "1",
            "perm_create", "1",
            "perm_unlink", "1"));
    // without this rule the group could move external ids of Odoo's own, and so give itself any
    // right
    load(
        "ir.rule",
        Map.of(
            "id", "cordboard.external_ids_rule",
            "name", "Cordboard: external ids of its own only",
            "model_id/id", "base.model_ir_model_data",
            "domain_force", "[('module', '=', '" + ExternalIds.MODULE + "')]",
            "groups/id", GROUP));
    long group = load("res.groups", Map.of("id", GROUP, "name", "Cordboard"));
    administrator.order(
        "res.users",
        "write",
        Map.of("ids", List.of(user), "vals", Map.of("group_ids", List.of(List.of(4, group, 0)))));
  }

  /**
   * Rules by which Odoo tells of changes and of records that are deleted, except of what we wrote
   * ourselves.
   */
  void tell(String address, String secret, long user) {
    String url =
        address
            + (address.contains("?") ? "&" : "?")
            + "key="
            + URLEncoder.encode(secret, StandardCharsets.UTF_8);
    for (RecordKind kind : TOLD) {
      String model = "base.model_" + Shape.model(kind).replace('.', '_');
      String modelId = modelId(Shape.model(kind));
      String action = "cordboard.tell_%s".formatted(kind.word());
      for (String trigger : List.of("on_create_or_write", "on_unlink")) {
        String suffix = trigger.equals("on_unlink") ? "_deleted" : "";
        load(
            "ir.actions.server",
            Map.of(
                "id",
                action + suffix,
                "name",
                "Tell Cordboard",
                "model_id/.id",
                modelId,
                "state",
                "webhook",
                "usage",
                "base_automation",
                "webhook_url",
                url));
        load(
            "base.automation",
            Map.of(
                "id",
                "cordboard.rule_%s%s".formatted(kind.word(), suffix),
                "name",
                "Cordboard: %s%s"
                    .formatted(model.substring("base.model_".length()), suffix.replace('_', ' ')),
                "model_id/.id",
                modelId,
                "trigger",
                trigger,
                "filter_domain",
                suffix.isEmpty() ? "[('write_uid', '!=', %d)]".formatted(user) : "",
                "action_server_ids/id",
                action + suffix));
      }
    }
  }

  /** Takes those rules away again. */
  void silence() {
    for (String model : List.of("base.automation", "ir.actions.server")) {
      List<Long> ours = new ArrayList<>();
      administrator
          .search(
              "ir.model.data",
              Map.of(
                  "domain",
                      List.of(
                          List.of("module", "=", ExternalIds.MODULE), List.of("model", "=", model)),
                  "fields", List.of("res_id")))
          .value()
          .forEach(row -> ours.add(row.path("res_id").asLong()));
      if (!ours.isEmpty()) {
        administrator.order(model, "unlink", Map.of("ids", ours));
      }
    }
  }

  private String modelId(String model) {
    JsonNode found =
        administrator
            .search(
                "ir.model",
                Map.of("domain", List.of(List.of("model", "=", model)), "fields", List.of("id")))
            .value();
    if (found.isEmpty()) {
      throw new Fault.Refused(
          "'%s' has no '%s': install that app in Odoo first.".formatted(system, model));
    }
    return found.path(0).path("id").asString();
  }

  private long load(String model, Map<String, String> cells) {
    List<String> headings = new ArrayList<>(cells.keySet());
    List<String> row = headings.stream().map(heading -> cells.getOrDefault(heading, "")).toList();
    JsonNode answer =
        administrator.order(
            model,
            "load",
            Map.of("fields", headings, "data", List.of(row), "context", Shape.context()));
    if (!answer.path("ids").isArray()) {
      throw Refusals.ofImport(system, answer.path("messages"));
    }
    return answer.path("ids").path(0).asLong();
  }
}
