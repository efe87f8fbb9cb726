package io.cordboard.core.desk;

import io.cordboard.kernel.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** STUN and TURN servers, by which the sound of browser phones finds its way. Thread-safe. */
public interface IceServers {
  /** The longest list that is of use: a browser asks each at every call. */
  int MOST = 8;

  /** In the order in which they were set. */
  List<IceServer> list();

  /** Puts these in place of those before. */
  void replace(List<IceServer> servers);

  /** Refuses a list that is of no use. */
  static void check(List<IceServer> servers) {
    if (servers.size() > MOST) {
      throw new Fault.BadRequest(
          "%d servers are too many: a browser asks each of them; name %d at most."
              .formatted(servers.size(), MOST));
    }
    if (new HashSet<>(servers.stream().map(IceServer::url).toList()).size() != servers.size()) {
      throw new Fault.BadRequest("A server stands twice in the list: name each once.");
    }
  }

  /**
   * A server.
   *
   * @param url such as {@code stun:stun.example:3478} or {@code turns:turn.example?transport=tcp}
   * @param username at a TURN server, null for STUN
   * @param credential its password, handed to every browser phone
   */
  record IceServer(String url, @Nullable String username, @Nullable String credential) {
    private static final Pattern URL =
        Pattern.compile(
            "(stuns?|turns?):([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?"
                + "(\\?transport=(udp|tcp))?");
    private static final int MAX_TEXT = 256;

    public IceServer {
      if (!URL.matcher(url).matches()) {
        throw new Fault.BadRequest(
            "'%s' is no STUN or TURN server: write stun:HOST:PORT or turn:HOST:PORT."
                .formatted(Fault.excerpt(url)));
      }
      boolean turn = url.startsWith("turn");
      if (turn != (username != null && credential != null) || !turn && username != null) {
        throw new Fault.BadRequest(
            "A TURN server needs 'username' and 'credential'; a STUN server takes neither.");
      }
      if (tooLong(username) || tooLong(credential)) {
        throw new Fault.BadRequest("'username' and 'credential' have 256 characters at most.");
      }
    }

    private static boolean tooLong(@Nullable String text) {
      return text != null && text.length() > MAX_TEXT;
    }

    @Override
    public String toString() {
      return "IceServer[" + url + "]";
    }
  }
}
