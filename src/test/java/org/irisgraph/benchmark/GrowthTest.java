package org.irisgraph.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {

  /** Start-up 5 s; a document costs 1 ms up to 4,000, then 1.1 ms; an unchanged one 0.05 ms. */
  private static final Growth GROWTH =
      new Growth(
          "PostgreSQL",
          List.of(
              new Growth.Point(1000, 21_000, 6.0, 5.05, 100_000_000, 80_000_000),
              new Growth.Point(4000, 84_000, 9.0, 5.2, 100_000_000, 80_000_000),
              new Growth.Point(16_000, 336_000, 22.2, 5.8, 110_000_000, 80_000_000),
              new Growth.Point(64_000, 1_344_000, 75.0, 8.2, 120_000_000, 80_000_000)));

  @Test
  void comparesWhatADocumentMoreCosts() {
    assertThat(GROWTH.growthOfTime(), closeTo(1.1, 1e-6));
  }

  @Test
  void comparesTheHeapOfTheLargestWithThatOfTheSecondSize() {
    assertThat(GROWTH.growthOfHeap(), closeTo(1.2, 1e-6));
  }

  @Test
  void leavesTheStartUpOutOfTheGain() {
    assertThat(GROWTH.gainOfUnchanged(), closeTo(22, 1e-6));
    assertThat(GROWTH.gainOfUnchangedRun(), closeTo(75 / 8.2, 1e-6));
  }

  @Test
  void saysWhatIsAimedAt() {
    assertThat(GROWTH.table(), containsString("1.10 times as much at 64,000 as at 4,000"));
    assertThat(GROWTH.table(), containsString("| 22.20 s | 1.100 | 5.80 s | 0.050 |"));
  }
}
