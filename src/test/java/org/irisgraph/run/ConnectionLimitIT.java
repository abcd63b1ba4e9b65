package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connections of whole runs: the Community Edition of IRIS has about five. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConnectionLimitIT {

  private static final int WRITERS = 2;
  private static final int DOCUMENTS = 20;

  @TempDir private Path corpus;
  private IrisWireServer server;
  private IndexingRun indexing;

  @BeforeEach
  void start() throws Exception {
    Path password = Files.writeString(corpus.resolve("password"), "SYS\n");
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(corpus.resolve(i + ".txt"), "Gout and lupus " + i);
    }
    server = IrisWireServer.start(InsertPath.FAST);
    indexing =
        new IndexingRun(
            corpus,
            options -> {
              options.setJdbcUrl(server.jdbcUrl());
              options.setJdbcUser(server.user());
              options.setJdbcPasswordFrom("file:" + password);
              options.setWriters(WRITERS);
              options.setMaxDeletedShare(1.0);
              // Many small batches, so that all writers work at once.
              options.setBatchRows(5);
            },
            server.backingConnection());
  }

  @AfterEach
  void stop() throws Exception {
    indexing.close();
    server.close();
  }

  private static void inPlace(IndexingOptions options) {
    options.setInput(List.of());
    options.setPipeline("in-place");
    options.setJdbcInput("RAG.SourceDocuments");
  }

  private void deleteSome() throws Exception {
    for (int i = 0; i < DOCUMENTS / 2; i++) {
      Files.deleteIfExists(corpus.resolve(i + ".txt"));
    }
  }

  @Test
  void areAtMostTwoMoreThanTheWriters() throws Exception {
    assertHolds(options -> {});
    Files.writeString(corpus.resolve("bad.txt"), " ");
    indexing.run(options -> {});
    Files.writeString(corpus.resolve("bad.txt"), "gout");
    assertThat(indexing.replay(null, options -> {}).summary().documents().indexed(), is(1L));
    assertThat(server.peakConnections(), is(lessThanOrEqualTo(WRITERS + 2)));
    Files.delete(corpus.resolve("bad.txt"));
    deleteSome();
    assertHolds(options -> options.setDeleteMissing(true));
    indexing.execute("DELETE FROM RAG.DocumentLedger");
    assertHolds(ConnectionLimitIT::inPlace);
  }

  @Test
  void areAtMostTwoMoreThanTheWritersOfEmbeddedFlink() throws Exception {
    assertHolds(IndexingRun::flink);
    indexing.execute("DELETE FROM RAG.DocumentLedger");
    assertHolds(
        options -> {
          IndexingRun.flink(options);
          inPlace(options);
        });
  }

  private void assertHolds(Consumer<IndexingOptions> settings) throws Exception {
    Summary summary = indexing.run(settings);

    assertThat(summary.status(), is(Summary.Status.SUCCEEDED));
    assertThat(server.peakConnections(), is(lessThanOrEqualTo(WRITERS + 2)));
  }

  /** With fewer than it needs, a run waits for its own. */
  @ParameterizedTest
  @CsvSource({"2, 3", "4, 4", "2, 2"})
  void areAsManyAsTheServerAllows(int writers, int limit) throws Exception {
    server.limitConnections(limit);

    Summary stored = indexing.run(options -> options.setWriters(writers));
    deleteSome();
    Summary deleted =
        indexing.run(
            options -> {
              options.setWriters(writers);
              options.setDeleteMissing(true);
            });

    assertThat(stored.documents().indexed(), is((long) DOCUMENTS));
    assertThat(deleted.documents().deleted(), is(DOCUMENTS / 2L));
    assertThat(deleted.status(), is(Summary.Status.SUCCEEDED));
    assertThat(server.peakConnections(), is(lessThanOrEqualTo(limit)));
  }
}
