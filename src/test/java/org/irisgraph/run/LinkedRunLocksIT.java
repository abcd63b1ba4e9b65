package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.ledger.LedgerKeyUpgrade;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.linked.InterruptedCommits;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Linking and the review of the ledger change no more rows of a table in a transaction than IRIS
 * locks one by one.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class LinkedRunLocksIT {

  private static final int BATCH_ROWS = 20;
  private static final int CONNECTIONS = 3;

  /** Ids that IRIS may take for others, in scripts whose keys are long. */
  private static final String[] IDS = {"\u0130stanbul %d", "Stra\u00dfe %d ", "\u6587\u66f8 %d"};

  @TempDir private Path corpus;

  private void write(int documents, String text) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      lines.append(
          "{\"id\":\"%s\",\"text\":\"%s gout, lupus and asthma.\"}\n"
              .formatted(IDS[i % IDS.length].formatted(i), text));
    }
    Files.writeString(corpus.resolve("documents.jsonl"), lines);
  }

  @Test
  void neverReachTheThreshold() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\nasthma\tDISEASE\n");
    write(60, "Old");
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.setLockThreshold(BATCH_ROWS);
    server.limitConnections(CONNECTIONS);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      Consumer<IndexingOptions> linked =
          options -> {
            options.setLinkEntities(LinkEntities.SAME_AS);
            options.setBatchRows(BATCH_ROWS);
            options.setMaxDeletedShare(1.0);
            IndexingRun.direct(options);
          };
      assertThat(indexing.run(linked).documents().indexed(), is(60L));
      write(60, "New");
      assertThat(indexing.run(linked).documents().indexed(), is(60L));
      write(25, "New");
      Summary summary = indexing.run(linked.andThen(options -> options.setDeleteMissing(true)));

      assertThat(summary.documents().deleted(), is(35L));
      assertThat(
          Long.parseLong(
              indexing
                  .rows(
                      "SELECT COUNT(*) FROM RAG.EntityRelationships"
                          + " WHERE relationship_type = 'same_as'")
                  .get(0)),
          is(greaterThan(0L)));
      assertThat(server.lockEscalations(), is(0));
    }
  }

  /** The ledger forgets them in one go, after all documents are stored. */
  @Test
  void neverReachTheThresholdWhenManyBrokenLinesAreRepaired() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    Files.writeString(corpus.resolve("documents.jsonl"), "{\"text\":\n".repeat(3 * BATCH_ROWS));
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.setLockThreshold(BATCH_ROWS);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      Consumer<IndexingOptions> settings = options -> options.setBatchRows(BATCH_ROWS);
      assertThat(indexing.run(settings).documents().rejected(), is(3L * BATCH_ROWS));
      Files.writeString(corpus.resolve("documents.jsonl"), "{\"id\":\"a\",\"text\":\"Gout.\"}\n");

      assertThat(indexing.run(settings).documents().indexed(), is(1L));

      assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), is(List.of("1")));
      assertThat(server.lockEscalations(), is(0));
    }
  }

  /** More documents than are looked at to find out whether there are old keys. */
  @Test
  void neverReachTheThresholdWhenTheKeysOfAnEarlierVersionAreRenewed() throws Exception {
    int documents = 150;
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      lines.append("{\"id\":\"note %d\",\"text\":\"Gout.\"}\n".formatted(i));
    }
    Files.writeString(corpus.resolve("documents.jsonl"), lines);
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.setLockThreshold(BATCH_ROWS);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      Consumer<IndexingOptions> settings = options -> options.setBatchRows(BATCH_ROWS);
      indexing.run(settings);
      Map<String, List<String>> before = indexing.contents();
      for (int i = 0; i < documents; i++) {
        indexing.execute(
            "UPDATE RAG.DocumentLedger SET ledger_key = '%s' WHERE document_id = 'note %d'"
                .formatted(ContentHash.of("document\0note " + i), i));
      }
      LedgerSettings ledger = new LedgerSettings("RAG.DocumentLedger", "test", "run", "none");
      int steps = documents / BATCH_ROWS;
      try (Connection connection = Database.connect(target.settings())) {
        assertThrows(
            SQLException.class,
            () ->
                LedgerKeyUpgrade.renew(
                    InterruptedCommits.killed(steps, connection), ledger, BATCH_ROWS));
      }

      Summary summary = indexing.run(settings.andThen(options -> options.setDeleteMissing(true)));

      assertThat(summary.documents().unchanged(), is((long) documents));
      assertThat(indexing.contents(), is(before));
      assertThat(server.lockEscalations(), is(0));
    }
  }
}
