package io.cordboard.web.desk;

import java.io.IOException;

/** The socket under a connection. Its sends block; only one thread sends. */
interface Wire {
  void text(String frame) throws IOException;

  void ping() throws IOException;

  /** Says goodbye and closes. Idempotent. */
  void close(int code, String reason);
}
