package io.cordboard.adapters.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the adapter and one port of the switch, and can be cut. */
final class CutProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket door;

  CutProxy(String host, int port) {
    this.target = new InetSocketAddress(host, port);
    this.door = open(0);
    this.port = door.getLocalPort();
    accept(door);
  }

  int port() {
    return port;
  }

  /** Every connection ends, and no new one is taken. */
  void cut() {
    close(door);
    sockets.forEach(CutProxy::close);
    sockets.clear();
  }

  void mend() {
    door = open(port);
    accept(door);
  }

  @Override
  public void close() {
    cut();
  }

  private static ServerSocket open(int port) {
    try {
      ServerSocket door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return door;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void accept(ServerSocket at) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!at.isClosed()) {
                try {
                  join(at.accept());
                } catch (IOException cut) {
                  // the door is shut, or the switch is away: the next attempt will tell
                }
              }
            });
  }

  private void join(Socket here) throws IOException {
    sockets.add(here);
    Socket there = new Socket();
    sockets.add(there);
    try {
      there.connect(target, 2000);
      there.setTcpNoDelay(true);
      here.setTcpNoDelay(true);
    } catch (IOException away) {
      close(here);
      throw away;
    }
    Thread.ofVirtual().start(() -> pump(here, there));
    Thread.ofVirtual().start(() -> pump(there, here));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException cut) {
      // both ends are closed below
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception alreadyGone) {
      // closing was all we wanted
    }
  }
}
