package org.irisgraph.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import org.junit.jupiter.api.Test;

/** The JSON of the command status, which does not show how the values are grouped. */
class RecordedRunTest {

  private static final RunTotals TOTALS =
      new RunTotals(
          new RunTotals.Documents(1, 2, 3, 4, 5),
          6,
          new RunTotals.Rows(7, 8, 9),
          new RunTotals.Rows(10, 11, 12),
          13,
          14,
          15);

  @Test
  void writesTotalsFlat() throws Exception {
    assertThat(
        new ObjectMapper().writeValueAsString(TOTALS),
        is(
            """
            {"read":15,"indexed":1,"unchanged":2,"partial":3,"rejected":4,"stale":5,"incomplete":6,\
            "documentRows":7,"entityRows":8,"relationshipRows":9,"documentRowsRejected":10,\
            "entityRowsRejected":11,"relationshipRowsRejected":12,"metadataKeysCut":13,\
            "relationshipsDropped":14,"withoutEntities":15}"""));
  }

  @Test
  void writesARunFlat() throws Exception {
    RecordedRun run =
        RecordedRun.running(
            "r",
            "indexing",
            new RecordedRun.Time(new Timestamp(1), new Timestamp(2), null, 3000),
            new RecordedRun.Input(40, 30),
            TOTALS);

    assertThat(
        new ObjectMapper().writeValueAsString(run),
        is(
            """
            {"runId":"r","outcome":"running","phase":"indexing","startedAt":1,"renewedAt":2,\
            "endedAt":null,"millis":3000,"total":40,"read":30,"indexed":1,"unchanged":2,"partial":3,\
            "rejected":4,"stale":5,"deleted":0,"entities":8,"relationships":9,"readingMillis":null,\
            "waitingMillis":null,"storingMillis":null,"settled":15,"documentsPerSecond":5.0}"""));
  }
}
