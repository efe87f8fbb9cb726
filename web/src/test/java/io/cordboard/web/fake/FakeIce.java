package io.cordboard.web.fake;

import io.cordboard.core.desk.IceServers;
import java.util.List;

/** STUN and TURN servers in memory. */
public final class FakeIce implements IceServers {
  private volatile List<IceServer> servers = List.of();

  @Override
  public List<IceServer> list() {
    return servers;
  }

  @Override
  public void replace(List<IceServer> next) {
    servers = List.copyOf(next);
  }
}
