package io.cordboard.app.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FreePortTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void aPortIsChosenThatNoOutgoingConnectionIsGiven() {
    for (int n = 0; n < 50; n++) {
      assertThat(FreePort.any(RandomGenerator.getDefault())).isBetween(1024, 32_767);
    }
  }

  @Test
  void aPortThatIsTakenIsPassedOver() throws IOException {
    int first = FreePort.any(new Counting());
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(HERE, first));
      assertThat(FreePort.any(new Counting())).isGreaterThan(first);
      assertThat(FreePort.isFree(first)).isFalse();
      assertThatThrownBy(() -> FreePort.exactly(HERE, first))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("Port " + first + " is in use")
          .hasMessageContaining("--port");
    }
    assertThat(FreePort.exactly(HERE, first)).isEqualTo(first);
  }

  /** Draws the lowest first. */
  private static final class Counting implements RandomGenerator {
    private int next;

    @Override
    public long nextLong() {
      return next++;
    }

    @Override
    public int nextInt(int origin, int bound) {
      return origin + next++;
    }
  }
}
