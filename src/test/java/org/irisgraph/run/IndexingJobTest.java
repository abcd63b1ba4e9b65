package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a corpus with all kinds of documents. */
class IndexingJobTest {

  @TempDir private Path directory;
  private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus);
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  @Test
  void indexesOrNamesEveryDocument() throws Exception {
    Path deadLetters = directory.resolve("dead-letters");

    Summary summary = indexing.run(options -> options.setDeadLetters(deadLetters.toString()));

    assertThat(summary.documents().indexed(), is((long) TestCorpus.GOOD));
    assertThat(summary.documents().rejected(), is((long) TestCorpus.BAD));
    assertThat(summary.exitCode(), is(3));
    TreeSet<String> codes = new TreeSet<>();
    List<String> lines = Files.readAllLines(deadLetters.resolve(summary.runId() + ".jsonl"));
    for (String line : lines) {
      JsonNode letter = new ObjectMapper().readTree(line);
      codes.add(letter.get("code").asText());
    }
    assertThat(lines, hasSize(TestCorpus.BAD));
    assertThat(
        codes,
        contains(
            "BAD_JSON",
            "BAD_XML",
            "BLANK_TEXT",
            "DUPLICATE_DOCUMENT_ID",
            "EXTERNAL_ENTITY",
            "NOT_UTF8",
            "TRUNCATED"));
  }

  @Tag("slow")
  @Test
  void givesTheSummaryWithoutDeadLettersThatCannotBeWritten() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    FailedRunException e =
        assertThrows(
            FailedRunException.class,
            () -> indexing.run(options -> options.setDeadLetters(file.toString())));

    assertThat(e.getMessage(), startsWith("the dead letters could not be written to " + file));
    assertThat(e.summary().status(), is(Summary.Status.FAILED));
    assertThat(e.summary().documents().rejected(), is((long) TestCorpus.BAD));
  }

  @Test
  void countsInTheSummaryWhatIsInTheTables() throws Exception {
    Summary summary = indexing.run(options -> {});

    assertThat(
        indexing.rows(
            "SELECT (SELECT COUNT(*) FROM RAG.SourceDocuments),"
                + " (SELECT COUNT(*) FROM RAG.Entities),"
                + " (SELECT COUNT(*) FROM RAG.EntityRelationships)"),
        contains(
            "%d|%d|%d"
                .formatted(
                    summary.rows().get("RAG.SourceDocuments").committed(),
                    summary.rows().get("RAG.Entities").committed(),
                    summary.rows().get("RAG.EntityRelationships").committed())));
    assertThat(
        indexing.rows(
            "SELECT relationship_id FROM RAG.EntityRelationships r WHERE NOT EXISTS (SELECT 1 FROM"
                + " RAG.Entities e WHERE e.entity_id = r.source_entity_id) OR NOT EXISTS (SELECT 1"
                + " FROM RAG.Entities e WHERE e.entity_id = r.target_entity_id)"),
        is(empty()));
    assertThat(
        indexing.rows(
            "SELECT entity_name FROM RAG.Entities e JOIN RAG.SourceDocuments d ON d.doc_id ="
                + " e.source_doc_id WHERE POSITION(e.entity_name IN d.text_content) = 0"),
        is(empty()));
  }

  @Tag("slow")
  @Test
  void leavesAnUnchangedCorpusAlone() throws Exception {
    indexing.run(options -> {});
    String times = "SELECT run_id, written_at FROM RAG.DocumentLedger WHERE outcome = 'indexed'";
    List<String> before = indexing.rows(times);

    Summary again = indexing.run(options -> {});

    assertThat(again.documents().unchanged(), is((long) TestCorpus.GOOD));
    assertThat(again.documents().rejected(), is((long) TestCorpus.BAD));
    assertThat(indexing.rows(times), is(before));
  }

  @Tag("slow")
  @Test
  void isNotStoppedByDocumentsThatCannotBeRead() throws Exception {
    Path lines = directory.resolve("many.jsonl");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      text.append("{\"id\":\"m%d\",\"text\":\"%s\"}\n".formatted(i, i % 2 == 0 ? "gout" : " "));
    }
    Files.writeString(lines, text);

    for (long unchanged : new long[] {0, 600}) {
      Summary summary = indexing.run(options -> options.setInput(List.of(lines.toString())));
      assertThat(summary.documents().rejected(), is(600L));
      assertThat(summary.documents().unchanged(), is(unchanged));
    }
  }

  @Tag("slow")
  @Test
  void stopsWhenATableRejectsMostOfEveryDocument() throws Exception {
    indexing.run(options -> options.setInput(List.of(corpus + "/deep/**.md")));
    indexing.execute("DELETE FROM RAG.Entities");
    indexing.execute("ALTER TABLE RAG.Entities ALTER COLUMN entity_type VARCHAR(3)");
    Path lines = directory.resolve("many.jsonl");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      text.append("{\"id\":\"m%d\",\"text\":\"gout and lupus\"}\n".formatted(i));
    }
    Files.writeString(lines, text);

    FailedRunException e =
        assertThrows(
            FailedRunException.class,
            () ->
                indexing.run(
                    options -> {
                      options.setInput(List.of(lines.toString()));
                      // No directory: the summary does not depend on dead letters.
                      options.setDeadLetters(lines.toString());
                    }));

    assertThat(e.summary().status(), is(Summary.Status.FAILED));
    assertThat(e.getCause().getMessage(), containsString("maxRejectedShare"));
  }

  @Test
  void isStoppedAndNotFailedWhenItIsAskedToEnd() throws Exception {
    IndexingJob job = indexing.job(options -> {});
    Thread stopping =
        new Thread(
            () -> {
              Awaitility.await().until(() -> job.current().phase() == Progress.Phase.INDEXING);
              job.stop();
            });
    stopping.start();

    FailedRunException e = assertThrows(FailedRunException.class, job::run);

    stopping.join();
    assertThat(e.summary().status(), is(Summary.Status.STOPPED));
    assertThat(indexing.run(options -> {}).exitCode(), is(3));
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"), contains("" + TestCorpus.GOOD));
  }
}
