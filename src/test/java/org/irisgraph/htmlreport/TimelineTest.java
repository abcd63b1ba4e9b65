package org.irisgraph.htmlreport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.TreeMap;
import org.irisgraph.htmlreport.Timeline.Interval;
import org.irisgraph.jdbc.Dialects;
import org.junit.jupiter.api.Test;

class TimelineTest {

  @Test
  void showsEachSecondOfAShortRunAlsoThoseInWhichNothingWasStored() {
    TreeMap<Long, Interval> seconds = new TreeMap<>();
    seconds.put(1000L, new Interval(2, 30, 5, 1, 1, 1));
    seconds.put(1002L, new Interval(1, 10, 2, 3, 1, 3));

    Timeline timeline = Timeline.of("r", seconds);

    assertThat(timeline.started(), is(1000L));
    assertThat(timeline.width(), is(1L));
    assertThat(
        timeline.intervals(),
        contains(
            new Interval(2, 30, 5, 1, 1, 1),
            new Interval(0, 0, 0, 0, 0, 0),
            new Interval(1, 10, 2, 3, 1, 3)));
  }

  @Test
  void joinsTheSecondsOfALongRunWithoutLosingAny() {
    TreeMap<Long, Interval> seconds = new TreeMap<>();
    for (long second = 0; second < 86_401; second++) {
      seconds.put(second, new Interval(1, 10, 0.5, 0.25, 1, second));
    }

    Timeline timeline = Timeline.of("r", seconds);

    assertThat(timeline.intervals().size(), lessThanOrEqualTo(240));
    assertThat(timeline.intervals().stream().mapToLong(Interval::documents).sum(), is(86_401L));
    assertThat(
        timeline.intervals().stream().mapToDouble(Interval::extractionMillis).sum(), is(43_200.5));
    assertThat(timeline.intervals().stream().mapToLong(Interval::batches).sum(), is(86_401L));
    Interval last = timeline.intervals().get(timeline.intervals().size() - 1);
    assertThat(last.longestBatchMillis(), is(86_400.0));
  }

  @Test
  void countsTheBatchesOfTheLastRunByTheSharesOfTheirDocuments() throws Exception {
    try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = h2.createStatement()) {
      statement.execute(
          "CREATE TABLE Ledger (pipeline VARCHAR, run_id VARCHAR, written_at TIMESTAMP,"
              + " document_rows INTEGER, entity_rows INTEGER, relationship_rows INTEGER,"
              + " extraction_millis DOUBLE PRECISION, storage_millis DOUBLE PRECISION)");
      statement.execute(
          "INSERT INTO Ledger SELECT 'p', 'r2', TIMESTAMP '2026-01-01 00:00:00', 1, 0, 0, 1,"
              + " CASE WHEN x <= 4 THEN 2.5 ELSE 3.5 END FROM SYSTEM_RANGE(1, 6)");
      statement.execute(
          "INSERT INTO Ledger VALUES ('p', 'r1', TIMESTAMP '2026-01-01 00:00:00', 1, 0, 0, 1, 9)");

      assertThat(
          Timeline.read(h2, Dialects.of("jdbc:h2:mem:"), "Ledger", "p").intervals(),
          contains(new Interval(6, 6, 6, 17, 2, 10)));
    }
  }
}
