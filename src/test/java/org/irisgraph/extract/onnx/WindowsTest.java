package org.irisgraph.extract.onnx;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import org.irisgraph.extract.onnx.Windows.Window;
import org.junit.jupiter.api.Test;

class WindowsTest {

  @Test
  void aShortTextHasOne() {
    assertThat(Windows.of(0, 10), is(empty()));
    assertThat(Windows.of(10, 10), contains(new Window(0, 10, 0, 10)));
  }

  @Test
  void overlapOnBothSidesOfWhatCounts() {
    assertThat(
        Windows.of(1000, 510),
        contains(
            new Window(0, 510, 0, 478),
            new Window(446, 956, 478, 924),
            new Window(490, 1000, 924, 1000)));
  }

  @Test
  void eachTokenCountsOnceWithItsContext() {
    for (int longest = 1; longest < 80; longest++) {
      int margin = Math.min(32, (longest - 1) / 4);
      for (int tokens = 0; tokens < 300; tokens++) {
        int next = 0;
        for (Window window : Windows.of(tokens, longest)) {
          assertThat(window.first(), is(next));
          next = window.last();
          assertThat(window.end() - window.start(), is(lessThanOrEqualTo(longest)));
          assertThat(
              window.first() - window.start(),
              is(greaterThanOrEqualTo(window.start() == 0 ? 0 : margin)));
          assertThat(
              window.end() - window.last(),
              is(greaterThanOrEqualTo(window.end() == tokens ? 0 : margin)));
        }
        assertThat(next, is(tokens));
      }
    }
  }
}
