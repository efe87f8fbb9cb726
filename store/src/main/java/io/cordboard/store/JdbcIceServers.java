package io.cordboard.store;

import io.cordboard.core.desk.IceServers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** STUN and TURN servers in their table. Thread-safe. */
public final class JdbcIceServers implements IceServers {
  private final Transactions transactions;

  public JdbcIceServers(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public List<IceServer> list() {
    return transactions.get(
        "read the STUN and TURN servers",
        connection -> {
          List<IceServer> servers = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select url, username, credential from ice_server order by position")) {
            while (row.next()) {
              servers.add(new IceServer(row.getString(1), row.getString(2), row.getString(3)));
            }
          }
          return servers;
        });
  }

  @Override
  public void replace(List<IceServer> servers) {
    IceServers.check(servers);
    transactions.change(
        "keep the STUN and TURN servers",
        connection -> {
          try (Statement statement = connection.createStatement();
              PreparedStatement insert =
                  connection.prepareStatement(
                      "insert into ice_server (position, url, username, credential)"
                          + " values (?, ?, ?, ?)")) {
            statement.executeUpdate("delete from ice_server");
            for (int i = 0; i < servers.size(); i++) {
              insert.setInt(1, i);
              insert.setString(2, servers.get(i).url());
              insert.setString(3, servers.get(i).username());
              insert.setString(4, servers.get(i).credential());
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
  }
}
