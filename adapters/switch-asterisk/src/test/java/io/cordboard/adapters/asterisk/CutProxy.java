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
  private final ServerSocket door;
  private volatile boolean cut;

  CutProxy(String host, int port) {
    this.target = new InetSocketAddress(host, port);
    this.door = open();
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /**
   * Every connection ends, and each new one at once. The door stays: somebody else could take its
   * port meanwhile.
   */
  void cut() {
    cut = true;
    sockets.forEach(CutProxy::close);
    sockets.clear();
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() {
    close(door);
    cut();
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        join(door.accept());
      } catch (IOException away) {
        // the switch is being restarted, or the test is over
      }
    }
  }

  private void join(Socket here) throws IOException {
    sockets.add(here);
    if (cut) {
      close(here);
      return;
    }
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
