package io.cordboard.app.net;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A port that is free now and opened seconds later. One that the system would choose by itself comes from
 * the range of which it also takes the near ends of outgoing connections (from 32768 on Linux, from 49152
 * elsewhere): a connection to the database made meanwhile may have got it.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int BEHIND_LAST = 32_768;
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * Any port, for loopback.
   *
   * @throws Fault.Refused when none of many is free
   */
  public static int any(RandomGenerator random) {
    return any(InetAddress.getLoopbackAddress(), random);
  }

  /**
   * Any port.
   *
   * @param address where it will be listened at; null for all of the machine's
   */
  public static int any(@Nullable InetAddress address, RandomGenerator random) {
    for (int n = 0; n < TRIES; n++) {
      int port = random.nextInt(FIRST, BEHIND_LAST);
      if (isFree(new InetSocketAddress(address, port))) {
        return port;
      }
    }
    throw new Fault.Refused(
        "No port from %d to %d is free: name one with --port.".formatted(FIRST, BEHIND_LAST - 1));
  }

  /** Whether a program on this machine could listen at this port of loopback now. */
  public static boolean isFree(int port) {
    return isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean isFree(InetSocketAddress address) {
    try {
      probe(address);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * This port and no other.
   *
   * @param address where it will be listened at; null for all of the machine's
   * @throws Fault.Refused when it is taken or may not be listened at
   */
  public static int exactly(@Nullable InetAddress address, int port) {
    try {
      probe(new InetSocketAddress(address, port));
      return port;
    } catch (BindException e) {
      throw inUse(port);
    } catch (IOException e) {
      throw new Fault.Refused(
          "Port %d cannot be listened on (%s): choose one from 1024 on with --port, or give this user the right."
              .formatted(port, e.getMessage()));
    }
  }

  /** What is said of a port that somebody else listens at. */
  public static Fault.Refused inUse(int port) {
    return new Fault.Refused(
        "Port %d is in use: stop what listens there, or choose another with --port.".formatted(port));
  }

  private static void probe(InetSocketAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    }
  }
}
