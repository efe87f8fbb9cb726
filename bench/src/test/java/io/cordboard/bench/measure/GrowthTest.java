package io.cordboard.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import org.junit.jupiter.api.Test;

class GrowthTest {
  @Test
  void countsWhatLivesAndNotWhatWasLeftLying() {
    String told =
        """
        31601:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:        223654       20672384  [B (java.base@25.0.3)
           2:          5806        6697568  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
           3:             2             32  jdk.internal.vm.FillerObject (java.base@25.0.3)
        Total       1362535       67166120
        """;
    assertThat(Growth.liveBytes(told)).isEqualTo(67_166_120 - 6_697_568 - 32);
  }

  @Test
  void aHeapThatItCannotReadIsNotTakenForAFlatOne() {
    assertThatThrownBy(() -> Growth.liveBytes("ZHeap used 10M")).isInstanceOf(Fault.Bug.class);
  }
}
