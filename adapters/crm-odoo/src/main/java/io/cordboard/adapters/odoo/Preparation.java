package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What an administrator of Odoo would have to click together, made with a key of theirs that is not
 * kept. Doing it again changes nothing but what is different.
 */
final class Preparation {
  // our user may write external ids of the other module, and so must not be able to move these
  private static final String MODULE = ExternalIds.MODULE + "_setup";
  private static final String GROUP = MODULE + ".group";

  private final String system;
  private final JsonTwo administrator;
  private final Set<RecordKind> kinds;

  Preparation(String system, JsonTwo administrator, Set<RecordKind> kinds) {
    this.system = system;
    this.administrator = administrator;
    this.kinds = kinds;
  }

  /** A group that may do what the connection needs and no more, and the connection's user in it. */
  void letIn(long user) {
    long group =
        load(
            "res.groups",
            Map.of("id", GROUP, "name", "Cordboard", "implied_ids/id", String.join(",", groups())));
    load(
        "ir.model.access",
        Map.of(
            "id", MODULE + ".external_ids_access",
            "name", "Cordboard: external ids",
            "model_id/id", "base.model_ir_model_data",
            "group_id/id", GROUP,
            "perm_read", "1",
            "perm_write", "1",
            "perm_create", "1",
            "perm_unlink", "1"));
    // else the group could move external ids of Odoo's own, and so give itself any right
    load(
        "ir.rule",
        Map.of(
            "id",
            MODULE + ".external_ids_rule",
            "name",
            "Cordboard: external ids of its own only",
            "model_id/id",
            "base.model_ir_model_data",
            "domain_force",
            "[('module', '=', '" + ExternalIds.MODULE + "')]",
            "groups/id",
            GROUP));
    administrator.order(
        "res.users",
        "write",
        Map.of("ids", List.of(user), "vals", Map.of("group_ids", List.of(List.of(4, group, 0)))));
  }

  private List<String> groups() {
    List<String> groups = new ArrayList<>(List.of("base.group_user", "base.group_partner_manager"));
    if (kinds.contains(RecordKind.LEAD) || kinds.contains(RecordKind.ORDER)) {
      groups.add("sales_team.group_sale_salesman_all_leads");
    }
    if (kinds.contains(RecordKind.TICKET)) {
      groups.add("project.group_project_user");
    }
    return groups;
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
    for (RecordKind kind : kinds) {
      if (kind != RecordKind.INTERACTION) {
        String changed = "[('write_uid', '!=', %d)]".formatted(user);
        tell(
            kind,
            kind.word(),
            Map.of("trigger", "on_create_or_write", "filter_domain", changed),
            url);
        tell(kind, kind.word() + "_deleted", Map.of("trigger", "on_unlink"), url);
      }
    }
  }

  private void tell(RecordKind kind, String name, Map<String, String> when, String url) {
    String action = MODULE + ".tell_" + name;
    String modelId = modelId(Shape.model(kind));
    load(
        "ir.actions.server",
        Map.of(
            "id",
            action,
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
    Map<String, String> rule = new HashMap<>(when);
    rule.put("id", MODULE + ".rule_" + name);
    rule.put("name", "Cordboard: " + name.replace('_', ' '));
    rule.put("model_id/.id", modelId);
    rule.put("action_server_ids/id", action);
    load("base.automation", rule);
  }

  /** Takes those rules away again. */
  void silence() {
    for (String model : List.of("base.automation", "ir.actions.server")) {
      List<Long> ours = new ArrayList<>();
      administrator
          .search(
              "ir.model.data",
              Map.of(
                  "domain", List.of(List.of("module", "=", MODULE), List.of("model", "=", model)),
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
