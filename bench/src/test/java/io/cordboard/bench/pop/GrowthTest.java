package io.cordboard.bench.pop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import org.junit.jupiter.api.Test;

class GrowthTest {
  @Test
  void addsBothGenerationsUp() {
    String told =
        """
        31601:
        DefNew     total 116160K, used 28951K [0x0000000686800000, 0x000000068e600000)
         eden space 103296K,  28% used [0x0000000686800000, 0x0000000688445d10)
        Tenured    total 258048K, used 1084K [0x0000000704550000, 0x0000000714150000)
        """;
    assertThat(Growth.usedBytes(told)).isEqualTo((28_951 + 1_084) * 1024L);
  }

  @Test
  void aHeapThatItCannotReadIsNotTakenForAFlatOne() {
    assertThatThrownBy(() -> Growth.usedBytes("ZHeap used 10M")).isInstanceOf(Fault.Bug.class);
  }
}
