package io.cordboard.store.demo;

import io.cordboard.store.CopyTable;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyManager;

/** The tables that demo customers are written to, in an order that keeps references whole. */
final class DemoTables {
  final CopyTable customers =
      new CopyTable("customer", "id, kind, name, spelled, language, level, since, demo");
  final CopyTable identities =
      new CopyTable("identity", "id, customer_id, kind, value, since, linked_by, confirmed_at, confirmed_by");
  final CopyTable orders =
      new CopyTable(
          "sales_order", "customer_id, at, number, title, amount_minor, currency, state");
  final CopyTable services =
      new CopyTable("service_record", "customer_id, opened_at, number, closed_at, title, state");
  final CopyTable tags = new CopyTable("tag", "customer_id, name, since, tagged_by");
  final CopyTable sensitive = new CopyTable("sensitive_field", "customer_id, name, value");
  final CopyTable consents =
      new CopyTable("consent", "customer_id, kind, at, granted, text_version, recorded_by");
  final CopyTable calls =
      new CopyTable(
          "call_record",
          "call_id, customer_id, match_state, number, withheld, line, queue, switch_id, channel, trunk,"
              + " controlled, arrived_at, answered_at, ended_at, outcome, cause_side, cause_q850,"
              + " cause_sip, cause_text, wait_millis, talk_millis, approximate_from, approximate_to,"
              + " agent_id, disposition, verified_at, announced_at");
  final CopyTable segments =
      new CopyTable(
          "segment",
          "call_id, n, agent_id, offered_at, answered_at, ended_at, wrapped_up_at, outcome,"
              + " disposition");
  final CopyTable notes =
      new CopyTable("segment_note", "call_id, agent_id, text, revision, updated_at");

  void send(CopyManager copies) throws SQLException {
    for (CopyTable table :
        List.of(
            customers, identities, orders, services, tags, sensitive, consents, calls, segments,
            notes)) {
      table.send(copies);
    }
  }

  /** Their names, for what is done to whole tables. */
  static List<String> names() {
    return List.of(
        "customer", "identity", "sales_order", "service_record", "tag", "sensitive_field", "consent",
        "call_record", "segment", "segment_note");
  }
}
