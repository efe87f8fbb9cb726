package io.cordboard.web.phone;

import io.cordboard.core.trust.Phone;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a browser phone needs to register at its switch. Thread-safe; asked at every sign-in. */
public interface PhoneSettings {
  /** Settings of a phone of kind BROWSER; empty while its switch is not set up. */
  Optional<BrowserPhone> of(Phone phone);

  /**
   * A browser phone on a switch.
   *
   * @param extension SIP user
   * @param password SIP password of this extension
   * @param domain SIP domain
   * @param switchSocket where the switch speaks SIP over WebSocket, such as {@code
   *     ws://127.0.0.1:8088/ws}; never told to the browser
   */
  record BrowserPhone(
      String extension,
      String password,
      String domain,
      List<IceServer> iceServers,
      URI switchSocket) {
    public BrowserPhone {
      iceServers = List.copyOf(iceServers);
    }

    @Override
    public String toString() {
      return "BrowserPhone[" + extension + "]";
    }
  }

  /** A STUN or TURN server, as WebRTC wants it. */
  record IceServer(List<String> urls, @Nullable String username, @Nullable String credential) {
    public IceServer {
      urls = List.copyOf(urls);
    }
  }
}
