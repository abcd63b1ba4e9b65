package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.report.FailedRunException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for the first load of IRIS, through the real driver. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class IrisFirstLoadIT {

  private static final List<String> BUILDS =
      List.of(
          "BUILD INDEX FOR TABLE RAG.SourceDocuments",
          "BUILD INDEX FOR TABLE RAG.Entities",
          "BUILD INDEX FOR TABLE RAG.EntityRelationships",
          "BUILD INDEX FOR TABLE RAG.EntityMentions",
          "BUILD INDEX FOR TABLE RAG.RelationshipEvidence");

  @TempDir private static Path directory;
  private static Path corpus;
  private static Map<String, List<String>> expected;

  private IrisWireServer server;
  private TestTarget target;
  private IndexingRun indexing;

  @BeforeAll
  static void indexElsewhere() throws Exception {
    corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus);
    try (IndexingRun elsewhere = new IndexingRun(corpus)) {
      elsewhere.run(options -> {});
      expected = elsewhere.contents();
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    target = TestTarget.iris(server);
    indexing = new IndexingRun(corpus, target::useIn, server.backingConnection());
  }

  @AfterEach
  void stop() throws Exception {
    indexing.close();
    target.close();
  }

  private static void insert(IndexingOptions options) {
    options.setWriteMode(WriteMode.INSERT);
  }

  private static void defer(IndexingOptions options) {
    insert(options);
    options.setDeferIndexes(true);
  }

  /** Four of the documents. */
  private static Consumer<IndexingOptions> some(Consumer<IndexingOptions> settings) {
    return settings.andThen(options -> options.setInput(List.of(corpus + "/**.md")));
  }

  private List<LoggedMessage> executions(String table) {
    return server.messages().stream()
        .filter(message -> message.type().equals("PU") && message.sql().contains(table + " ("))
        .filter(message -> !message.sql().startsWith("DELETE"))
        .toList();
  }

  private List<String> builds() {
    return server.messages().stream()
        .map(LoggedMessage::sql)
        .filter(sql -> sql.startsWith("BUILD INDEX"))
        .distinct()
        .toList();
  }

  private List<String> contentsOf(String part) throws Exception {
    return indexing.contents().get(part);
  }

  @Test
  void insertsOnTheFastPathOfTheDriver() throws Exception {
    indexing.run(IrisFirstLoadIT::insert);

    assertThat(indexing.contents(), is(expected));
    List<LoggedMessage> entities = executions("RAG.Entities");
    assertThat(entities.stream().filter(LoggedMessage::fastInsert).count(), is(greaterThan(0L)));
    assertThat(
        executions("RAG.DocumentLedger").stream().map(LoggedMessage::sql).toList(),
        everyItem(startsWith("INSERT OR UPDATE RAG.DocumentLedger")));
    assertThat(builds(), is(empty()));
  }

  @Test
  void writesTheHintsThatAreAskedForAndBuildsTheIndexes() throws Exception {
    indexing.run(
        options -> {
          defer(options);
          options.setIrisHints(List.of("nolock", "nocheck"));
        });

    assertThat(indexing.contents(), is(expected));
    assertThat(
        executions("RAG.Entities").get(0).sql(),
        startsWith("INSERT %NOLOCK %NOCHECK %NOINDEX INTO RAG.Entities"));
    assertThat(
        executions("RAG.DocumentLedger").stream().map(LoggedMessage::sql).toList(),
        everyItem(allOf(startsWith("INSERT OR UPDATE"), not(containsString("%NO")))));
    assertThat(builds(), is(BUILDS));
    assertThat(builtAfterTheLastInsertWithoutIndexes(), is(true));
    assertThat(
        indexing.rows("SELECT source FROM RAG.DocumentLedger WHERE pipeline <> 'test'"),
        is(empty()));
  }

  private boolean builtAfterTheLastInsertWithoutIndexes() {
    List<String> sql = server.messages().stream().map(LoggedMessage::sql).toList();
    int lastInsert = -1;
    for (int i = 0; i < sql.size(); i++) {
      lastInsert = sql.get(i).contains("%NOINDEX") ? i : lastInsert;
    }
    return sql.lastIndexOf(BUILDS.get(2)) > lastInsert;
  }

  @Test
  void upsertsWithoutLocksToo() throws Exception {
    indexing.run(options -> options.setIrisHints(List.of("nolock")));

    assertThat(indexing.contents(), is(expected));
    assertThat(
        executions("RAG.Entities").get(0).sql(),
        startsWith("INSERT OR UPDATE %NOLOCK RAG.Entities"));
  }

  @Test
  void buildsTheIndexesOfARunThatFails() throws Exception {
    server.inject(
        Fault.error(99, "User does not have %NOINDEX privileges").containing("%NOINDEX").times(99));

    FailedRunException e =
        assertThrows(FailedRunException.class, () -> indexing.run(some(IrisFirstLoadIT::defer)));

    assertThat(e.getCause().getMessage(), containsString("%NOINDEX privileges"));
    assertThat(builds(), is(BUILDS));
    indexing.run(options -> {});
    assertThat(indexing.contents(), is(expected));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnWithIndexesAfterACommitInDoubt(boolean onFlink) throws Exception {
    server.inject(
        Fault.dropBeforeReply().on("TC").afterStatement("INSERT %NOINDEX INTO RAG.Entities"));

    indexing.run(
        options -> {
          defer(options);
          options.setReindex(Reindex.ALL);
          // The renewals of the lease are commits, too, and are not to be counted.
          options.setLeaseSeconds(3600);
          if (onFlink) {
            IndexingRun.flink(options);
          }
          options.setWriters(1);
          options.setShards(1);
        });

    assertThat(server.pendingFaults(), is(0));
    assertThat(indexing.contents(), is(expected));
    assertThat(builds(), is(BUILDS));
    List<String> executions =
        executions("RAG.Entities").stream().map(LoggedMessage::sql).distinct().toList();
    assertThat(
        executions,
        contains(
            startsWith("INSERT %NOINDEX INTO RAG.Entities"),
            startsWith("INSERT OR UPDATE RAG.Entities")));
  }

  @Test
  void goesOnWithIndexesWhereTheLedgerKnowsADocument() throws Exception {
    indexing.run(options -> {});
    for (String table :
        List.of(
            "RelationshipEvidence",
            "EntityMentions",
            "EntityRelationships",
            "Entities",
            "SourceDocuments")) {
      indexing.execute("DELETE FROM RAG." + table);
    }
    server.resetCounts();

    indexing.run(IrisFirstLoadIT::defer);

    assertThat(indexing.contents(), is(expected));
    assertThat(builds(), is(BUILDS));
    assertThat(
        executions("RAG.Entities").stream().map(LoggedMessage::sql).distinct().toList(),
        contains(startsWith("INSERT OR UPDATE RAG.Entities")));
  }

  @Test
  void saysWhatToRunWhenTheIndexesCannotBeBuiltAndTheNextRunBuildsThem() throws Exception {
    server.inject(
        Fault.error(99, "User does not have %BUILD_INDEX privileges")
            .on("DU")
            .containing("BUILD INDEX"));
    FailedRunException e =
        assertThrows(FailedRunException.class, () -> indexing.run(some(IrisFirstLoadIT::defer)));
    StoreException cause = (StoreException) e.getCause().getCause();
    assertThat(
        cause.getMessage(),
        allOf(
            containsString("%BUILD_INDEX privileges"),
            containsString(String.join(";\n", BUILDS)),
            containsString("DELETE FROM RAG.DocumentLedger WHERE ledger_key = '")));
    server.resetCounts();

    indexing.run(options -> {});

    assertThat(builds(), is(BUILDS));
    assertThat(indexing.contents(), is(expected));
    server.resetCounts();
    indexing.run(options -> {});
    assertThat(builds(), is(empty()));
  }

  @Test
  void refusesTablesWithRows() throws Exception {
    indexing.run(some(options -> {}));
    List<String> entities = contentsOf("entities");

    List<String> messages = new ArrayList<>();
    for (Consumer<IndexingOptions> settings :
        List.<Consumer<IndexingOptions>>of(
            IrisFirstLoadIT::defer,
            options -> {
              insert(options);
              options.setIrisHints(List.of("nocheck"));
            })) {
      messages.add(assertThrows(StoreException.class, () -> indexing.run(settings)).getMessage());
    }

    assertThat(
        messages, everyItem(startsWith("table RAG.SourceDocuments has rows: deferIndexes and")));
    assertThat(contentsOf("entities"), is(entities));
    indexing.run(IrisFirstLoadIT::insert);
    assertThat(indexing.contents(), is(expected));
  }
}
