package io.cordboard.adapters.odoo;

import io.cordboard.adapters.odoo.Column.Form;
import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of records in Odoo.
 *
 * @param domain which of the model's records belong to it
 * @param archives the model knows archived records
 * @param made what is written only when a record is made, by headings of an import
 */
record Shape(
    RecordKind kind,
    String model,
    List<?> domain,
    boolean archives,
    Map<String, String> made,
    List<Column> columns) {
  Shape {
    columns = List.copyOf(columns);
    made = Map.copyOf(made);
  }

  static Shape of(RecordKind kind, OdooFile file, long user) {
    return switch (kind) {
      case CUSTOMER -> customer(file);
      case INTERACTION -> interaction(file, user);
      case TASK -> task(file);
      case TICKET -> ticket(file);
      case LEAD -> lead(file);
      case ORDER -> order(file);
    };
  }

  static String model(RecordKind kind) {
    return switch (kind) {
      case CUSTOMER -> "res.partner";
      case INTERACTION -> "mail.message";
      case TASK -> "mail.activity";
      case TICKET -> "project.task";
      case LEAD -> "crm.lead";
      case ORDER -> "sale.order";
    };
  }

  // people who log in to Odoo are no customers, and a delivery address is a part of one
  private static Shape customer(OdooFile file) {
    return new Shape(
        RecordKind.CUSTOMER,
        model(RecordKind.CUSTOMER),
        JsonTwo.all(
            List.of(
                List.of("partner_share", "=", true),
                "|",
                List.of("parent_id", "=", false),
                List.of("type", "=", "contact")),
            file.only(RecordKind.CUSTOMER)),
        true,
        Map.of(),
        List.of(
            Column.of("name", "name", Form.TEXT, "name"),
            Column.of("kind", "is_company", Form.KIND, "kind"),
            Column.of("language", "lang", Form.LANGUAGE, "language"),
            Column.of("phone", "phone", Form.TEXT, "phones"),
            Column.of("email", "email", Form.TEXT, "emails"),
            Column.of("tags", "category_id", Form.TAGS, "tags"),
            Column.of("level", "category_id", Form.LEVEL, "level")));
  }

  private static Shape interaction(OdooFile file, long user) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.of("customer", "res_id", Form.PINNED, "customer"),
                Column.of("subject", "subject", Form.TEXT, "subject"),
                Column.of("at", "date", Form.TIME, "at")));
    for (String line : Notes.LINES) {
      boolean number = line.equals("seconds") || line.equals("waitSeconds");
      columns.add(Column.of(line, "body", number ? Form.NUMBER_LINE : Form.LINE, line));
    }
    return new Shape(
        RecordKind.INTERACTION,
        model(RecordKind.INTERACTION),
        JsonTwo.all(
            List.of(
                List.of("model", "=", "res.partner"),
                List.of("message_type", "=", "comment"),
                List.of("create_uid", "=", user)),
            file.only(RecordKind.INTERACTION)),
        false,
        Map.of("model", "res.partner", "message_type", "comment", "subtype_id/id", "mail.mt_note"),
        columns);
  }

  private static Shape task(OdooFile file) {
    return new Shape(
        RecordKind.TASK,
        model(RecordKind.TASK),
        JsonTwo.all(List.of(List.of("res_model", "=", "res.partner")), file.only(RecordKind.TASK)),
        true,
        Map.of(
            "res_model_id/id",
            "base.model_res_partner",
            "activity_type_id/id",
            file.activityType()),
        List.of(
            Column.of("customer", "res_id", Form.PINNED, "customer"),
            Column.of("summary", "summary", Form.TEXT, "title"),
            Column.of("state", "active", Form.DONE, "state"),
            Column.of("date_deadline", "date_deadline", Form.DATE, "due"),
            Column.of("user", "user_id", Form.NAMED, "owner"),
            Column.of("note", "note", Form.HTML, null)));
  }

  // tasks without a project are somebody's private list
  private static Shape ticket(OdooFile file) {
    return new Shape(
        RecordKind.TICKET,
        model(RecordKind.TICKET),
        JsonTwo.all(
            List.of(List.of("project_id.name", "=", file.project())), file.only(RecordKind.TICKET)),
        true,
        Map.of("project_id", file.project()),
        List.of(
            Column.of("customer", "partner_id", Form.LINK, "customer"),
            Column.readOnly("number", "id", Form.ID, "number"),
            Column.of("name", "name", Form.TEXT, "title"),
            Column.of("state", "state", Form.CHOICE, "state"),
            Column.of("stage", "stage_id", Form.NAMED, null),
            Column.readOnly("create_date", "create_date", Form.TIME, "openedAt"),
            Column.readOnly("date_end", "date_end", Form.TIME, "closedAt"),
            Column.of("description", "description", Form.HTML, null)));
  }

  private static Shape lead(OdooFile file) {
    return new Shape(
        RecordKind.LEAD,
        model(RecordKind.LEAD),
        file.only(RecordKind.LEAD),
        true,
        Map.of(),
        List.of(
            Column.of("customer", "partner_id", Form.LINK, "customer"),
            Column.of("name", "name", Form.TEXT, "title"),
            Column.of("stage", "stage_id", Form.NAMED, "state"),
            Column.of("phone", "phone", Form.TEXT, "number"),
            Column.of("description", "description", Form.HTML, "notes"),
            Column.readOnly("won_status", "won_status", Form.CHOICE, null)));
  }

  private static Shape order(OdooFile file) {
    return new Shape(
        RecordKind.ORDER,
        model(RecordKind.ORDER),
        file.only(RecordKind.ORDER),
        false,
        Map.of(),
        List.of(
            Column.of("customer", "partner_id", Form.LINK, "customer"),
            Column.readOnly("name", "name", Form.TEXT, "number"),
            Column.of("client_order_ref", "client_order_ref", Form.TEXT, "title"),
            Column.readOnly("amount_total", "amount_total", Form.NUMBER, "amount"),
            Column.readOnly("currency", "currency_id", Form.NAMED, "currency"),
            Column.readOnly("state", "state", Form.CHOICE, "state"),
            Column.of("date_order", "date_order", Form.TIME, "at")));
  }

  /** With more columns at its end. */
  Shape and(List<Column> more) {
    return new Shape(
        kind,
        model,
        domain,
        archives,
        made,
        Stream.concat(columns.stream(), more.stream()).toList());
  }

  /** What has to be read so that the whole record is known. */
  List<String> fields() {
    return Stream.concat(
            columns.stream().map(Column::field),
            archives ? Stream.of("write_date", "active") : Stream.of("write_date"))
        .distinct()
        .toList();
  }

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** An archived record of this kind is gone; an archived activity is done. */
  boolean goneWhenArchived() {
    return archives && kind != RecordKind.TASK;
  }

  /** So that archived records are told too, names are in one language and times in UTC. */
  static Map<String, Object> context() {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("active_test", false);
    context.put("lang", "en_US");
    context.put("tz", "UTC");
    return context;
  }
}
