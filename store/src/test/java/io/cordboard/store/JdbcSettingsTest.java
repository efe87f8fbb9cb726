package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class JdbcSettingsTest {
  private final Database database = PostgresForTests.migrated();

  @Test
  void callsAreAnsweredByHandUntilAQueueWantsOtherwise() throws SQLException {
    try (var pool = database.pool("test", 2)) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("insert into queue (id, label) values ('q', 'Q')");
      }
      JdbcSettings settings = new JdbcSettings(pool);
      assertThat(settings.load().queues().get("q").autoAnswer()).isFalse();
      settings.autoAnswer("q", true);
      settings.autoAnswer("q", true);
      assertThat(settings.load().queues().get("q").autoAnswer()).isTrue();
      settings.autoAnswer("q", false);
      assertThat(settings.load().queues().get("q").autoAnswer()).isFalse();
      assertThatThrownBy(() -> settings.autoAnswer("none", true)).isInstanceOf(Fault.NotFound.class);
    }
  }
}
