package org.irisgraph.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.irisgraph.report.Summary.Documents;
import org.irisgraph.report.Summary.Rows;
import org.irisgraph.report.Summary.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

  @TempDir private Path directory;

  @Test
  void hasTheJsonThatScriptsRelyOn() throws Exception {
    String json = new ObjectMapper().writeValueAsString(summary(Documents.of(17, 1, 1, 1, 0, 0)));

    assertThat(
        json,
        is(
            """
            {"runId":"r1","pipeline":"corpus","runner":"DirectRunner","status":"partial",\
            "seconds":2.5,"documents":{"read":20,"indexed":17,"unchanged":1,"partial":1,\
            "rejected":1,"stale":0,"deleted":0},"rows":{"RAG.SourceDocuments":\
            {"committed":18,"rejected":0},"RAG.Entities":{"committed":200,"rejected":2}},\
            "batches":{"committed":2,"retried":0,"isolated":1,"fallbacks":0,"rowsMin":10,\
            "rowsMax":190,"rowsMean":109.0,"millisMean":12.3,"millisMax":20},\
            "statements":{"executeBatch":6,"commit":2},"documentsPerSecond":8.0,\
            "rowsPerSecond":87.2,"foreignRows":{"kept":4,"replaced":2,"held":1}}\
            """));
  }

  @Test
  void hasNullsForWhatOnlyWorkersKnow() throws Exception {
    Summary summary =
        Summary.builder()
            .setRunId("r1")
            .setPipeline("corpus")
            .setRunner("FlinkRunner")
            .setStatus(Status.SUCCEEDED)
            .setSeconds(1)
            .setDocuments(Documents.of(1, 0, 0, 0, 0, 0))
            .build();

    Map<?, ?> json = new ObjectMapper().readValue(summary.toJson(), Map.class);

    assertThat(((Map<?, ?>) json.get("batches")).size(), is(9));
    assertThat(((Map<?, ?>) json.get("batches")).get("committed"), is(nullValue()));
    assertThat(((Map<?, ?>) json.get("statements")).get("commit"), is(nullValue()));
    assertThat(((Map<?, ?>) json.get("foreignRows")).get("replaced"), is(nullValue()));
  }

  @Test
  void hasAnExitCodeForEachEnd() {
    assertThat(summary(Documents.of(1, 1, 0, 0, 0, 0)).exitCode(), is(0));
    assertThat(summary(Documents.of(0, 0, 0, 0, 0, 0)).exitCode(), is(0));
    assertThat(summary(Documents.of(1, 1, 1, 0, 0, 0)).exitCode(), is(3));
    assertThat(summary(Documents.of(1, 1, 0, 1, 0, 0)).exitCode(), is(3));
    assertThat(summary(Documents.of(1, 1, 0, 0, 1, 0)).exitCode(), is(3));
    Summary failed =
        Summary.builder()
            .setRunId("r1")
            .setPipeline("corpus")
            .setRunner("DirectRunner")
            .setStatus(Status.FAILED)
            .setSeconds(1)
            .setDocuments(Documents.of(1, 0, 0, 0, 0, 0))
            .build();
    assertThat(failed.status(), is(Status.FAILED));
    assertThat(failed.exitCode(), is(1));
  }

  @Test
  void refusesDocumentsThatDoNotAddUp() {
    assertThrows(IllegalArgumentException.class, () -> new Documents(20, 18, 0, 0, 1, 0, 0));
  }

  @Test
  void hasNoRatesWithoutTime() {
    Summary summary =
        Summary.builder()
            .setRunId("r1")
            .setPipeline("corpus")
            .setRunner("DirectRunner")
            .setStatus(Status.SUCCEEDED)
            .setDocuments(Documents.of(1, 0, 0, 0, 0, 0))
            .build();

    assertThat(summary.documentsPerSecond(), is(nullValue()));
  }

  @Test
  void isWrittenWholeInPlaceOfAnEarlierOne() throws Exception {
    Path file = directory.resolve("a/b/summary.json");
    summary(Documents.of(1, 0, 0, 0, 0, 0)).writeTo(file);
    Summary second = summary(Documents.of(2, 0, 0, 0, 0, 0));

    second.writeTo(file);

    assertThat(Files.readString(file), is(second.toJson()));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files.toList(), contains(file));
    }
  }

  static Summary summary(Documents documents) {
    Map<String, Rows> rows = new LinkedHashMap<>();
    rows.put("RAG.SourceDocuments", new Rows(18, 0));
    rows.put("RAG.Entities", new Rows(200, 2));
    return Summary.builder()
        .setRunId("r1")
        .setPipeline("corpus")
        .setRunner("DirectRunner")
        .setStatus(documents.status())
        .setSeconds(2.5)
        .setDocuments(documents)
        .setRows(rows)
        .setBatches(
            new BatchFigures(2L, 0L, 1L, 0L, new BatchFigures.Sizes(10L, 190L, 109.0, 12.345, 20L)))
        .setStatements(new StatementFigures(6L, 2L))
        .setForeignRows(new ForeignRowFigures(4L, 2L, 1L))
        .build();
  }
}
