package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Progress.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  private static final Progress HALF =
      Progress.stored(900, 70, 30).in(Phase.INDEXING).with(1500, 1200, 2000);

  private static String line(Progress progress, double perSecond, int width) {
    return ProgressLine.of("indexing", progress, perSecond, Duration.ofSeconds(75), width);
  }

  @Test
  void hasBarShareRateAndTimeLeft() {
    assertThat(
        line(HALF, 12.5, 200),
        is(
            "indexing, 1 min 15 s [##########----------] 50 %: 1,000 of about 2,000 documents,"
                + " 12.5/s, 1 min 20 s left; 1,500 read, 1,200 extracted, 900 stored, 70 unchanged,"
                + " 30 rejected"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1999 | 323 | 1999 | 80 | indexing, 1 min 15 s: 1,999 read, 323 extracted of about 1,999"
            + " documents",
        "1999 | 323 | 1999 | 60 | indexing, 1 min 15 s: 1,999 read, 323 extracted",
        "120 | 40 | 0 | 80 | indexing, 1 min 15 s: 120 read, 40 extracted",
        "120 | 0 | 0 | 30 | indexing, 1 min 15 s: 120 read",
        "1999 | 323 | 1999 | 30 | 323 extracted",
        "1999 | 323 | 1999 | 5 | index",
      })
  void movesBeforeAnythingIsStored(long read, long extracted, long total, int width, String line) {
    Progress first = Progress.NONE.in(Phase.INDEXING).with(read, extracted, total);

    assertThat(line(first, 0, width), is(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "150 | indexing, 1 min 15 s 50 %: 1,000 of about 2,000 documents, 12.5/s, 1 min 20 s left;"
            + " 1,500 read, 1,200 extracted, 900 stored, 70 unchanged, 30 rejected",
        "120 | indexing, 1 min 15 s [##########----------] 50 %: 1,000 of about 2,000 documents,"
            + " 12.5/s, 1 min 20 s left",
        "80 | indexing, 1 min 15 s 50 %: 1,000 of about 2,000 documents",
        "40 | indexing, 1 min 15 s 50 %",
        "10 | indexing, ",
      })
  void leavesOutWhatDoesNotFit(int width, String line) {
    assertThat(line(HALF, 12.5, width).strip(), is(line.strip()));
  }

  @Test
  void neverShowsAllBeforeTheEnd() {
    Progress last = Progress.stored(2000, 0, 0).in(Phase.INDEXING).with(2000, 2000, 2000);

    assertThat(line(last, 0, 60), is("indexing, 1 min 15 s 99 %: 2,000 of about 2,000 documents"));
  }

  @Test
  void saysWhatTheRunWaitsFor() {
    assertThat(
        line(Progress.NONE.waitingFor("counting the rows"), 0, 200),
        is("indexing, 1 min 15 s: waits for the database, counting the rows"));
    assertThat(
        line(Progress.NONE.waitingFor("counting the rows"), 0, 40),
        is("indexing, 1 min 15 s: counting the rows"));
    assertThat(
        line(Progress.NONE.waitingFor("counting the rows"), 0, 30),
        is("1 min 15 s: counting the rows"));
  }

  @Test
  void showsThePhaseAloneBeforeAndAfterTheDocuments() {
    assertThat(
        ProgressLine.of("linking", HALF.in(Phase.LINKING), 12.5, Duration.ofSeconds(3), 200),
        is("linking, 3 s"));
  }

  @ParameterizedTest
  @CsvSource({"59, 59 s", "60, 1 min 0 s", "3599, 59 min 59 s", "7260, 2 h 1 min"})
  void writesTimesInTwoUnits(long seconds, String text) {
    assertThat(ProgressLine.time(seconds), is(text));
  }
}
