package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.LedgerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A constraint that PostgreSQL checks at the commit only: every statement succeeds, and the error
 * names no row of the batch.
 */
@Tag("slow")
class DeferredConstraintIT {

  private static final String STORED = "SELECT doc_id FROM RAG.SourceDocuments ORDER BY doc_id";

  private static TestTarget postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestTarget.postgres();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void createTables() throws Exception {
    postgres.execute("DROP SCHEMA IF EXISTS RAG CASCADE", "CREATE SCHEMA RAG");
    TestGraphs.createTables(postgres);
    postgres.execute(
        "CREATE TABLE RAG.Names (name VARCHAR(400) PRIMARY KEY)",
        "INSERT INTO RAG.Names SELECT 'disease ' || n FROM generate_series(0, 99) AS n",
        "ALTER TABLE RAG.Entities ADD CONSTRAINT known_name FOREIGN KEY (entity_name)"
            + " REFERENCES RAG.Names (name) DEFERRABLE INITIALLY DEFERRED");
  }

  private static LedgerSettings run(String runId) {
    return new LedgerSettings("RAG.DocumentLedger", "pipeline", runId, "fingerprint");
  }

  private static List<String> deadLetters(String runId) throws Exception {
    List<String> letters = new ArrayList<>();
    try (Connection connection = Database.connect(postgres.settings())) {
      new LedgerReader(run(runId))
          .deadLetters(
              connection,
              letter ->
                  letters.add(
                      String.join(
                          " ",
                          letter.documentId(),
                          letter.source(),
                          letter.stage(),
                          letter.code())));
    }
    Collections.sort(letters);
    return letters;
  }

  /** Twenty documents, of which the last and another have a name that is not known. */
  private static List<DocumentGraph> twenty() {
    List<DocumentGraph> graphs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = i == 7 || i == 19 ? "unknown" : "disease " + i;
      graphs.add(document("d%02d".formatted(i), i + ".txt", "disease 50", name));
    }
    return graphs;
  }

  @ParameterizedTest
  @CsvSource({"BATCH, UPSERT", "BATCH, INSERT", "INDIVIDUAL, UPSERT"})
  void rejectsOnlyTheDocumentsThatViolateIt(StorageMode storageMode, WriteMode writeMode)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
        TestGraphs.writer(postgres, run("r1"))
            .withStorageMode(storageMode)
            .withWriteMode(writeMode)) {
      BatchResult<DocumentGraph> result = writer.write(twenty());

      assertThat(
          result.refused().stream().map(DocumentGraph::documentId).toList(),
          contains("d07", "d19"));
      assertThat(result.metrics().retries(), is(0));
    }
    assertThat(
        postgres.rows(STORED),
        is(
            IntStream.range(0, 20)
                .filter(i -> i != 7 && i != 19)
                .mapToObj("d%02d"::formatted)
                .toList()));
    assertThat(postgres.count("RAG.Entities"), is(36L));
    assertThat(deadLetters("r1"), is(List.of("d07 7.txt store 23503", "d19 19.txt store 23503")));
  }

  @Test
  void stopsAtADocumentThatViolatesItIfAskedTo() throws Exception {
    try (TestWriter<DocumentGraph> writer =
        TestGraphs.writer(postgres, run("r1")).withOnBadRow(OnBadRow.STOP)) {
      StoreException.Stopped stopped =
          assertThrows(StoreException.Stopped.class, () -> writer.write(twenty()));

      assertThat(stopped.getMessage(), containsString("d07"));
      assertThat(stopped.getMessage(), containsString("23503"));
    }
  }

  @Test
  void leavesNothingOfALargeDocumentWhoseLastPartViolatesIt() throws Exception {
    String[] names = IntStream.range(0, 35).mapToObj(i -> "disease " + i).toArray(String[]::new);
    names[34] = "unknown";

    TestGraphs.write(
        postgres,
        run("r1"),
        10,
        List.of(document("large", "large.txt", names), document("z", "z.txt", "disease 1")));

    assertThat(postgres.rows(STORED), contains("z"));
    assertThat(postgres.rows("SELECT entity_name FROM RAG.Entities"), contains("disease 1"));
    assertThat(postgres.count("RAG.EntityRelationships"), is(0L));
    assertThat(deadLetters("r1"), contains("large large.txt store 23503"));
  }

  @Test
  void storesTheDocumentOnceItHoldsAgain() throws Exception {
    DocumentGraph graph = document("d", "d.txt", "disease 1", "unknown");
    TestGraphs.write(postgres, run("r1"), 1000, List.of(graph));
    postgres.execute("INSERT INTO RAG.Names VALUES ('unknown')");

    TestGraphs.write(postgres, run("r2"), 1000, List.of(graph));

    assertThat(postgres.rows(STORED), contains("d"));
    assertThat(postgres.count("RAG.Entities"), is(2L));
    assertThat(deadLetters("r2"), is(empty()));
  }

  @Test
  void keepsTheEarlierVersionIfTheNewOneViolatesIt() throws Exception {
    TestGraphs.write(postgres, run("r1"), 1000, List.of(document("d", "d.txt", "disease 1")));

    TestGraphs.write(
        postgres, run("r2"), 1000, List.of(document("d", "d.txt", "disease 2", "unknown")));

    assertThat(deadLetters("r2"), contains("d d.txt store 23503"));
    assertThat(postgres.rows("SELECT entity_name FROM RAG.Entities"), contains("disease 1"));
    assertThat(postgres.rows("SELECT stale FROM RAG.DocumentLedger"), contains("1"));
  }

  @Test
  void rejectsNothingIfTheLedgerItselfViolatesOne() throws Exception {
    postgres.execute(
        "ALTER TABLE RAG.DocumentLedger ADD CONSTRAINT known_pipeline FOREIGN KEY (pipeline)"
            + " REFERENCES RAG.Names (name) DEFERRABLE INITIALLY DEFERRED");

    StoreException.Outage outage =
        assertThrows(
            StoreException.Outage.class,
            () -> TestGraphs.write(postgres, run("r1"), 1000, twenty()));

    assertThat(outage.getMessage(), containsString("bad data that is not in a row"));
    assertThat(outage.getMessage(), containsString("known_pipeline"));
    assertThat(postgres.count("RAG.DocumentLedger"), is(0L));
    assertThat(postgres.count("RAG.SourceDocuments"), is(0L));
  }
}
