package org.irisgraph.htmlreport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.TreeMap;
import org.irisgraph.htmlreport.Timeline.Interval;
import org.junit.jupiter.api.Test;

class TimelineTest {

  @Test
  void showsEachSecondOfAShortRunAlsoThoseInWhichNothingWasStored() {
    TreeMap<Long, Interval> seconds = new TreeMap<>();
    seconds.put(1000L, new Interval(2, 30, 5, 1));
    seconds.put(1002L, new Interval(1, 10, 2, 3));

    Timeline timeline = Timeline.of("r", seconds);

    assertThat(timeline.started(), is(1000L));
    assertThat(timeline.width(), is(1L));
    assertThat(
        timeline.intervals(),
        contains(new Interval(2, 30, 5, 1), new Interval(0, 0, 0, 0), new Interval(1, 10, 2, 3)));
  }

  @Test
  void joinsTheSecondsOfALongRunWithoutLosingAny() {
    TreeMap<Long, Interval> seconds = new TreeMap<>();
    for (long second = 0; second < 86_401; second++) {
      seconds.put(second, new Interval(1, 10, 0.5, 0.25));
    }

    Timeline timeline = Timeline.of("r", seconds);

    assertThat(timeline.intervals().size(), lessThanOrEqualTo(240));
    assertThat(timeline.intervals().stream().mapToLong(Interval::documents).sum(), is(86_401L));
    assertThat(
        timeline.intervals().stream().mapToDouble(Interval::extractionMillis).sum(), is(43_200.5));
  }
}
