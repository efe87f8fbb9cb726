package io.cordboard.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void migratingTwiceChangesNothing() {
    Database database = PostgresForTests.migrated();
    database.migrate();
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() throws SQLException {
    Database database = PostgresForTests.migrated();
    execute(
        database,
        "insert into flyway_schema_history values"
            + " (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 0, 'x', now(), 1, true)");
    assertThatThrownBy(database::migrate)
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("newer Cordboard (schema 9999)");
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefused() throws SQLException {
    Database database = PostgresForTests.empty();
    execute(database, "create table theirs (id int)");
    assertThatThrownBy(database::migrate)
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("such as 'theirs'")
        .hasMessageContaining("an empty database of its own");
  }

  @Test
  void anOldPostgresIsRefused() {
    assertThatThrownBy(() -> Database.refuseOld(14))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("PostgreSQL 14: Cordboard needs 15 or newer");
    Database.refuseOld(15);
  }

  @Test
  void whatIsNoPostgresIsSaidToBeNone() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerLikeAnotherServer(other));
      Database wrong =
          new Database("jdbc:postgresql://127.0.0.1:" + other.getLocalPort() + "/x", "u", "p");
      assertThatThrownBy(wrong::migrate)
          .isInstanceOf(Fault.Unreachable.class)
          .hasMessageContaining("Is PostgreSQL running");
    }
  }

  private static void answerLikeAnotherServer(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException closed) {
      // the test is over
    }
  }

  @Test
  void aWrongPasswordIsSaid() {
    Database right = PostgresForTests.empty();
    Database wrong = new Database(right.url(), right.user(), "wrong");
    assertThatThrownBy(wrong::migrate)
        .isInstanceOf(Fault.AuthLapsed.class)
        .hasMessageContaining("password");
  }

  @Test
  void aDatabaseThatIsAwayIsUnreachable() {
    Database nobody = new Database("jdbc:postgresql://127.0.0.1:1/x", "u", "p");
    assertThatThrownBy(nobody::migrate)
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("Is PostgreSQL running");
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThat(new Database("jdbc:postgresql://h/d?password=secret", "u", "secret").toString())
        .doesNotContain("secret");
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect(Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
