package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeTotalsTest {

  /** As binary fractions, the first sum is 1.5 and the second one is less. */
  @Test
  void roundsASumOfStatementsAlikeInAnyOrder() {
    assertThat(statements(List.of(0.2, 0.6, 0.7)), is(2L));
    assertThat(statements(List.of(0.6, 0.7, 0.2)), is(2L));
  }

  private static long statements(List<Double> weights) {
    EdgeTotals edge = new EdgeTotals(new EdgeTotals.Ends("a", "b", "causes"));
    weights.forEach(weight -> edge.add("document", weight, 1));
    return edge.row().number(5);
  }
}
