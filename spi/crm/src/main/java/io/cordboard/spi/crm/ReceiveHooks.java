package io.cordboard.spi.crm;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;

/** Understands what the system sends us by itself. */
public interface ReceiveHooks {
  /**
   * Which records it tells of. Nothing else of what was sent is believed: they are read again.
   *
   * @throws Fault.AuthLapsed when its signature is missing, wrong or too old
   * @throws Fault.BadRequest when it cannot be understood
   */
  List<Notice> read(Hook hook);

  /**
   * A request as it came.
   *
   * @param uri as the sender wrote it: scheme, host, path and query
   * @param headers by their names in small letters
   * @param at when it came, microseconds UTC
   */
  record Hook(String uri, Map<String, String> headers, byte[] body, long at) {}

  /**
   * A record that changed.
   *
   * @param once the same for every repetition of this notice; empty where that cannot be told
   */
  record Notice(RecordKind kind, String id, String once) {}
}
