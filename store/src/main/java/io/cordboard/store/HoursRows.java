package io.cordboard.store;

import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Hours.Day;
import io.cordboard.core.routing.Hours.Span;
import io.cordboard.core.routing.Hours.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opening hours as rows. */
public final class HoursRows {
  private HoursRows() {}

  /** All of them, by id. */
  public static Map<String, Hours> load(Connection connection) throws SQLException {
    Map<String, List<Span>> spans = new HashMap<>();
    Map<String, List<Day>> days = new HashMap<>();
    Map<String, Hours> hours = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("select * from opening_span")) {
        while (row.next()) {
          spans
              .computeIfAbsent(row.getString("hours_id"), id -> new ArrayList<>())
              .add(
                  new Span(
                      DayOfWeek.of(row.getInt("day")),
                      new Time(row.getInt("from_minute"), row.getInt("to_minute"))));
        }
      }
      try (ResultSet row = statement.executeQuery("select * from opening_date")) {
        while (row.next()) {
          days.computeIfAbsent(row.getString("hours_id"), id -> new ArrayList<>()).add(day(row));
        }
      }
      try (ResultSet row = statement.executeQuery("select * from opening_hours order by id")) {
        while (row.next()) {
          String id = row.getString("id");
          hours.put(
              id,
              new Hours(
                  id, row.getString("label"), ZoneId.of(row.getString("zone")),
                  spans.getOrDefault(id, List.of()), days.getOrDefault(id, List.of())));
        }
      }
    }
    return hours;
  }

  private static Day day(ResultSet row) throws SQLException {
    int from = row.getInt("from_minute");
    @Nullable Time time = row.wasNull() ? null : new Time(from, row.getInt("to_minute"));
    return new Day(row.getObject("date", LocalDate.class), row.getString("label"), time);
  }

  /** Adds one. */
  public static void insert(Connection connection, Hours hours) throws SQLException {
    try (PreparedStatement own =
            connection.prepareStatement("insert into opening_hours (id, label, zone) values (?, ?, ?)");
        PreparedStatement span =
            connection.prepareStatement("insert into opening_span values (?, ?, ?, ?)");
        PreparedStatement date =
            connection.prepareStatement("insert into opening_date values (?, ?, ?, ?, ?)")) {
      own.setString(1, hours.id());
      own.setString(2, hours.label());
      own.setString(3, hours.zone().getId());
      own.executeUpdate();
      for (Span one : hours.week()) {
        span.setString(1, hours.id());
        span.setInt(2, one.day().getValue());
        span.setInt(3, one.time().from());
        span.setInt(4, one.time().to());
        span.addBatch();
      }
      span.executeBatch();
      for (Day one : hours.days()) {
        Time time = one.time();
        date.setString(1, hours.id());
        date.setObject(2, one.date());
        date.setString(3, one.label());
        date.setObject(4, time == null ? null : time.from());
        date.setObject(5, time == null ? null : time.to());
        date.addBatch();
      }
      date.executeBatch();
    }
  }
}
