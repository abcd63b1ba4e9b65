package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connections of whole runs: the Community Edition of IRIS has about five. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class ConnectionLimitIT {

  private static final int WRITERS = 2;
  private static final int DOCUMENTS = 20;

  @TempDir private Path corpus;
  private IrisWireServer server;
  private TestTarget target;
  private IndexingRun indexing;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(corpus.resolve(i + ".txt"), "Gout and lupus " + i);
    }
    server = IrisWireServer.start(InsertPath.FAST);
    target = TestTarget.iris(server);
    indexing =
        new IndexingRun(
            corpus,
            options -> {
              target.useIn(options);
              options.setWriters(WRITERS);
              options.setMaxDeletedShare(1.0);
              // Many small batches, so that all writers work at once.
              options.setBatchRows(5);
              options.as(DirectOptions.class).setTargetParallelism(2 * WRITERS);
            },
            server.backingConnection());
  }

  @AfterEach
  void stop() throws Exception {
    indexing.close();
    target.close();
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
    assertThat(server.peakConnections(), is(betweenTwoAnd(WRITERS + 2)));
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
    assertThat(server.peakConnections(), is(betweenTwoAnd(WRITERS + 2)));
  }

  /** That of the launcher and that of a writer at least. */
  private static Matcher<Integer> betweenTwoAnd(int most) {
    return both(greaterThanOrEqualTo(2)).and(lessThanOrEqualTo(most));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "4, 2", "4, 3", "8, 4"})
  void areWaitedForIfTheServerRefusesSome(int writers, int limit) throws Exception {
    server.limitConnections(limit);
    Consumer<IndexingOptions> eager =
        options -> {
          options.setWriters(writers);
          options.setLinkEntities(LinkEntities.SAME_AS);
          // More threads than connections.
          options.as(DirectOptions.class).setTargetParallelism(2 * writers);
        };

    Summary stored = indexing.run(eager);
    deleteSome();
    Summary deleted = indexing.run(eager.andThen(options -> options.setDeleteMissing(true)));

    assertThat(server.refusedConnections(), is(greaterThan(0)));
    assertThat(stored.status(), is(Summary.Status.SUCCEEDED));
    assertThat(stored.documents().indexed(), is((long) DOCUMENTS));
    assertThat(deleted.documents().deleted(), is(DOCUMENTS / 2L));
    assertThat(deleted.status(), is(Summary.Status.SUCCEEDED));
  }

  /** What is run while the server refuses connections. */
  enum Kind {
    FLINK,
    IN_PLACE,
    REPLAY,
    DELETE_MISSING
  }

  /** The first connection of the launcher is refused, and then the next one. */
  @ParameterizedTest
  @CsvSource({
    "FLINK, 4",
    "FLINK, 3",
    "IN_PLACE, 4",
    "IN_PLACE, 3",
    "REPLAY, 4",
    "REPLAY, 3",
    "DELETE_MISSING, 3"
  })
  void areWaitedForByEachKindOfRun(Kind kind, int limit) throws Exception {
    prepare(kind);
    server.limitConnections(limit);
    List<Connection> others = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      others.add(Database.connect(target.settings()));
    }
    server.resetCounts();
    int before = server.refusedConnections();
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean refusedAgain = new AtomicBoolean();
    CompletableFuture<Void> givenUp =
        CompletableFuture.runAsync(
            () -> {
              try {
                await(() -> server.refusedConnections() > before, ended);
                others.remove(0).close();
                await(() -> server.count("CN") > server.refusedConnections() - before, ended);
                int launched = server.refusedConnections();
                await(() -> server.refusedConnections() > launched, ended);
                refusedAgain.set(!ended.get());
              } catch (SQLException e) {
                throw new CompletionException(e);
              } finally {
                closeAll(others);
              }
            });
    try {
      Summary summary =
          run(
              kind,
              options -> {
                options.setWriters(6);
                // For a machine that is busy.
                options.setRetrySeconds(90);
              });

      assertThat(summary.status(), is(Summary.Status.SUCCEEDED));
      assertThat(
          kind == Kind.DELETE_MISSING
              ? summary.documents().deleted()
              : summary.documents().indexed(),
          is(kind == Kind.REPLAY ? 1L : kind == Kind.DELETE_MISSING ? DOCUMENTS / 2L : DOCUMENTS));
      assertThat("another connection was refused", refusedAgain.get(), is(true));
    } finally {
      ended.set(true);
      givenUp.get();
    }
  }

  /**
   * The launcher's connection is lost once all is stored, or once the run is recorded, and the
   * server refuses the next ones.
   */
  @ParameterizedTest
  @ValueSource(strings = {"DELETE FROM RAG.GraphChanges", "UPDATE RAG.IndexingRuns SET run_millis"})
  void areWaitedForAtTheEndOfARun(String last) throws Exception {
    server.inject(Fault.dropBefore().on("PG").afterStatement(last));
    server.inject(
        Fault.error(417, "LICENSE LIMIT EXCEEDED").on("CN").times(3).afterStatement(last));

    Summary summary = indexing.run(options -> options.setLinkEntities(LinkEntities.SAME_AS));

    assertThat(server.pendingFaults(), is(0));
    assertThat(summary.status(), is(Summary.Status.SUCCEEDED));
    assertThat(summary.documents().indexed(), is((long) DOCUMENTS));
    assertThat(indexing.rows("SELECT outcome FROM RAG.IndexingRuns"), is(List.of("succeeded")));
    assertThat(indexing.rows("SELECT run_id FROM RAG.IndexingLease"), is(List.of()));
  }

  private void prepare(Kind kind) throws Exception {
    switch (kind) {
      case FLINK -> {}
      case IN_PLACE -> {
        indexing.run(options -> {});
        indexing.execute("DELETE FROM RAG.DocumentLedger");
      }
      case REPLAY -> {
        Files.writeString(corpus.resolve("bad.txt"), " ");
        indexing.run(options -> {});
        Files.writeString(corpus.resolve("bad.txt"), "gout");
      }
      case DELETE_MISSING -> {
        indexing.run(options -> {});
        deleteSome();
      }
    }
  }

  private Summary run(Kind kind, Consumer<IndexingOptions> settings) throws Exception {
    return switch (kind) {
      case FLINK -> indexing.run(settings.andThen(IndexingRun::flink));
      case IN_PLACE -> indexing.run(settings.andThen(ConnectionLimitIT::inPlace));
      case REPLAY -> indexing.replay(null, settings).summary();
      case DELETE_MISSING ->
          indexing.run(settings.andThen(options -> options.setDeleteMissing(true)));
    };
  }

  private static void await(BooleanSupplier condition, AtomicBoolean ended) {
    Awaitility.await()
        .forever()
        .pollInterval(10, TimeUnit.MILLISECONDS)
        .until(() -> condition.getAsBoolean() || ended.get());
  }

  private static void closeAll(List<Connection> connections) {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new CompletionException(e);
      }
    }
  }
}
