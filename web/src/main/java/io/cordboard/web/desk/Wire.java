package io.cordboard.web.desk;

import java.io.IOException;

/** The socket under a connection. Its sends block; only one thread sends. */
interface Wire {
  /** May be kept back until {@link #flush}, so that several frames go out in one write. */
  void text(String frame) throws IOException;

  /** Sends what was kept back. */
  default void flush() throws IOException {}

  void ping() throws IOException;

  /** Says goodbye and closes. Idempotent. */
  void close(int code, String reason);
}
