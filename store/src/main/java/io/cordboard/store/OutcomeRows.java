package io.cordboard.store;

import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.OutcomeForm;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.Kind;
import io.cordboard.core.routing.OutcomeForm.NoteTemplate;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What agents fill in when a talk is over, as rows, each kind in its order. */
public final class OutcomeRows {
  private OutcomeRows() {}

  /** The dispositions and their groups. */
  public static List<Disposition> dispositions(Connection connection) throws SQLException {
    List<Disposition> codes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select * from disposition order by position, code")) {
      while (row.next()) {
        codes.add(
            new Disposition(
                row.getString("code"), row.getString("label_zh"), row.getString("label_en"),
                row.getString("in_group")));
      }
    }
    return codes;
  }

  /** The fields and the templates. */
  public static OutcomeForm load(Connection connection) throws SQLException {
    List<OutcomeField> fields = new ArrayList<>();
    List<NoteTemplate> templates = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("select * from outcome_field order by position")) {
        while (row.next()) {
          fields.add(
              new OutcomeField(
                  row.getString("id"), row.getString("label_zh"), row.getString("label_en"),
                  Kind.valueOf(row.getString("kind")), row.getBoolean("required"),
                  texts(row.getArray("choices")), texts(row.getArray("lines"))));
        }
      }
      try (ResultSet row = statement.executeQuery("select * from note_template order by position")) {
        while (row.next()) {
          templates.add(
              new NoteTemplate(
                  row.getString("id"), row.getString("label"), row.getString("body"),
                  texts(row.getArray("lines"))));
        }
      }
    }
    return new OutcomeForm(fields, templates);
  }

  /** Writes them into empty tables. */
  public static void insert(
      Connection connection, Iterable<Disposition> dispositions, OutcomeForm form)
      throws SQLException {
    int position = 0;
    for (Disposition one : dispositions) {
      run(
          connection,
          "insert into disposition (code, label_zh, label_en, in_group, position) values (?, ?, ?, ?, ?)",
          one.code(), one.labelZh(), one.labelEn(), one.group(), ++position);
    }
    for (OutcomeField field : form.fields()) {
      run(
          connection,
          """
          insert into outcome_field (id, label_zh, label_en, kind, required, choices, lines, position)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          field.id(), field.labelZh(), field.labelEn(), field.kind().name(), field.required(),
          array(connection, field.choices()), array(connection, field.lines()), ++position);
    }
    for (NoteTemplate template : form.templates()) {
      run(
          connection,
          "insert into note_template (id, label, body, lines, position) values (?, ?, ?, ?, ?)",
          template.id(), template.label(), template.text(), array(connection, template.lines()),
          ++position);
    }
  }

  private static void run(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static Array array(Connection connection, List<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
