package org.irisgraph.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.report.Summary.Documents;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  @Test
  void tellsWhatHappenedWhereItIsAndWhatToDo() {
    Map<String, List<String>> graph = new LinkedHashMap<>();
    graph.put("graph", List.of("a -- treats --> b", "a -- causes --> c"));
    graph.put("evidence", List.of("**a** treats **b**."));
    Map<String, String> places = new LinkedHashMap<>();
    places.put("database", "jdbc:h2:./knowledge-graph, schema RAG");
    places.put("dead letters", "dead-letters/r1.jsonl");
    SummaryText text =
        new SummaryText(
            SummaryTest.summary(Documents.of(17, 1, 1, 1, 0, 0)),
            graph,
            places,
            List.of("Look.", "Go."));

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
            graph         a -- treats --> b
                          a -- causes --> c
            evidence      **a** treats **b**.
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
        NextStepsTest.summary(Documents.of(0, 0, 0, 0, 0, 0))
            .setStatus(Summary.Status.SUBMITTED)
            .build();

    assertThat(
        new SummaryText(submitted, Map.of(), Map.of(), List.of()).toString(),
        is("corpus submitted to DirectRunner\n\nrun           r1\n"));
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    Summary summary = NextStepsTest.summary(Documents.of(1, 0, 0, 0, 2, 3)).build();

    String text = new SummaryText(summary, Map.of(), Map.of(), List.of()).toString();

    assertThat(text, containsString("0 rejected, 2 stale; 3 deleted"));
    assertThat(text, not(containsString("null")));
    assertThat(text, not(containsString("batches")));
    assertThat(text, not(containsString("foreign")));
    assertThat(text, not(containsString("Next")));
  }

  @Test
  void countsPassagesBesideDocuments() {
    Summary summary =
        NextStepsTest.summary(Documents.of(2, 0, 0, 0, 0, 1)).setPassages(1234L).build();

    assertThat(
        new SummaryText(summary, Map.of(), Map.of(), List.of()).toString(),
        containsString("2 indexed, 0 unchanged, 0 partial, 0 rejected; 1 deleted; 1,234 passages"));
  }

  @Test
  void givesTheReasonsWithAnExampleAndARemedyAndWhatWasLeftOut() {
    Summary summary =
        NextStepsTest.summary(Documents.of(90, 0, 0, 10, 0, 0))
            .setRows(Map.of("RAG.EntityRelationships", new Summary.Rows(2, 0)))
            .setReasons(
                List.of(
                    new RejectReason(
                        "NOT_UTF8", "read", null, 9, "a\u001b\u202e.txt:0", "bad byte"),
                    new RejectReason("22001", "store", "RAG.Entities", 1, "b.txt:0", "too long")))
            .setLeftOut(new LeftOut(1, 3, 40))
            .build();

    assertThat(
        new SummaryText(summary, Map.of(), Map.of(), List.of()).toString(),
        containsString(
            """
            rejected      9 NOT_UTF8, as a\uFFFD\uFFFD.txt:0: bad byte; set --encoding, as in --encoding=windows-1252
                          1 22001 rows of RAG.Entities, as b.txt:0: too long; docs/failures.md explains the code
            left out      1 pairs of entities, about 33 % of all, beyond maxRelationshipsPerSentence
                          3 metadata keys, which their column has no place for
                          no entity was found in 40 of 90 documents
            """));
  }

  @Test
  void saysOfAFewPairsThatTheyAreFew() {
    Summary summary =
        NextStepsTest.summary(Documents.of(9, 0, 0, 0, 0, 0))
            .setRows(Map.of("RAG.EntityRelationships", new Summary.Rows(17_594, 0)))
            .setLeftOut(new LeftOut(31, 0, 0))
            .build();

    assertThat(
        new SummaryText(summary, Map.of(), Map.of(), List.of()).toString(),
        containsString("31 pairs of entities, less than 1 % of all, beyond"));
  }
}
