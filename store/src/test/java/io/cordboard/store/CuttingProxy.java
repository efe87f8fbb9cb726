package io.cordboard.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * Stands between a client and the database and can cut the line just before the server's next answer:
 * the request has arrived, the answer never does.
 */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final Database target;
  private final String host;
  private final int port;
  private final Thread acceptor;
  private volatile boolean armed;
  private volatile Line line;

  /** One connection through the proxy. */
  private static final class Line {
    final Socket near;
    final Socket far;
    volatile boolean cut;

    Line(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void cut() {
      // closing alone lets a read that is under way bring in what is sent afterwards
      cut = true;
      close(near);
    }
  }

  CuttingProxy(Database target) {
    this.target = target;
    URI uri = URI.create(target.url().substring("jdbc:".length()));
    host = uri.getHost();
    port = uri.getPort();
    try {
      door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  /** The same database by way of this proxy. */
  Database database() {
    String through = "127.0.0.1:" + door.getLocalPort();
    return new Database(
        target.url().replace(host + ":" + port, through), target.user(), target.password());
  }

  /** Cuts the line instead of delivering the next answer. */
  void cutBeforeAnswer() {
    armed = true;
  }

  /** Cuts the client's side now; the server does not learn of it. */
  void cut() {
    line.cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        Socket far = new Socket(host, port);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Line made = new Line(near, far);
        line = made;
        Thread.ofVirtual().start(() -> requests(made));
        Thread.ofVirtual().start(() -> answers(made));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  // where the client is gone, the server keeps working on what it was sent
  private static void requests(Line line) {
    byte[] buffer = new byte[65536];
    try {
      InputStream in = line.near.getInputStream();
      OutputStream out = line.far.getOutputStream();
      for (int n = in.read(buffer); n > 0 && !line.cut; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException cut) {
      // one side is gone
    }
  }

  private void answers(Line line) {
    byte[] buffer = new byte[65536];
    try {
      InputStream in = line.far.getInputStream();
      OutputStream out = line.near.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        if (armed) {
          armed = false;
          break;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException cut) {
      // one side is gone
    }
    line.cut();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody comes through any more: a waiting accept may still take one that came after the close. */
  @Override
  public void close() throws IOException {
    door.close();
    try {
      acceptor.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    if (line != null) {
      close(line.far);
    }
  }
}
