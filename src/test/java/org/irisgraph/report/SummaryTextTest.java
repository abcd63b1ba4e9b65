package org.irisgraph.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.report.Summary.Documents;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  @Test
  void tellsWhatHappenedWhereItIsAndWhatToDo() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("database", "jdbc:h2:./knowledge-graph, schema RAG");
    places.put("dead letters", "dead-letters/r1.jsonl");
    SummaryText text =
        new SummaryText(
            SummaryTest.summary(Documents.of(17, 1, 1, 1, 0, 0)), places, List.of("Look.", "Go."));

    assertThat(
        text.toString(),
        is(
            """
            corpus partial after 2.5 s on DirectRunner (8.0 documents/s, 87.2 rows/s)

            documents     20 read: 17 indexed, 1 unchanged, 1 partial, 1 rejected
            rows          RAG.SourceDocuments           18 committed
                          RAG.Entities                 200 committed, 2 rejected
            foreign rows  4 kept, 2 replaced, 1 of ours held by them
            batches       2 committed, 1 taken apart, 109.0 rows on average
            database      jdbc:h2:./knowledge-graph, schema RAG
            dead letters  dead-letters/r1.jsonl

            Next:
              Look.
              Go.
            """));
  }

  @Test
  void hasNoFiguresOfARunThatWasOnlyHandedIn() {
    Summary submitted =
        Summary.builder()
            .setRunId("r1")
            .setPipeline("corpus")
            .setRunner("FlinkRunner")
            .setStatus(Summary.Status.SUBMITTED)
            .build();

    assertThat(
        new SummaryText(submitted, Map.of(), List.of()).toString(),
        is("corpus submitted to FlinkRunner\n\nrun           r1\n"));
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    Summary summary =
        Summary.builder()
            .setRunId("r1")
            .setPipeline("corpus")
            .setRunner("FlinkRunner")
            .setStatus(Summary.Status.PARTIAL)
            .setDocuments(Documents.of(1, 0, 0, 0, 2, 3))
            .build();

    String text = new SummaryText(summary, Map.of(), List.of()).toString();

    assertThat(text, containsString("0 rejected, 2 stale; 3 deleted"));
    assertThat(text, not(containsString("null")));
    assertThat(text, not(containsString("batches")));
    assertThat(text, not(containsString("foreign")));
    assertThat(text, not(containsString("Next")));
  }
}
