package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole job through the real IRIS driver, on a stand-in that counts its messages. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class IrisDriverWireIT {

  @TempDir private static Path directory;
  private static Path password;

  @BeforeAll
  static void writePassword() throws Exception {
    password = Files.writeString(directory.resolve("password"), "SYS\n");
  }

  private static Consumer<IndexingOptions> target(IrisWireServer server) {
    return options -> {
      options.setJdbcUrl(server.jdbcUrl());
      options.setJdbcUser(server.user());
      options.setJdbcPasswordFrom("file:" + password);
    };
  }

  @ParameterizedTest
  @EnumSource(InsertPath.class)
  void givesTheSameTablesAsAnyOtherDatabase(InsertPath insertPath) throws Exception {
    Path corpus = directory.resolve("corpus-" + insertPath);
    TestCorpus.writeTo(corpus);
    Map<String, List<String>> expected;
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(options -> {});
      expected = indexing.contents();
    }

    try (IrisWireServer server = IrisWireServer.start(insertPath);
        IndexingRun indexing =
            new IndexingRun(corpus, target(server), server.backingConnection())) {
      indexing.run(options -> {});
      assertThat(indexing.contents(), is(expected));

      Summary again = indexing.run(options -> {});
      assertThat(again.documents().unchanged(), is((long) TestCorpus.GOOD));
      assertThat(indexing.contents(), is(expected));
    }
  }

  /** The workload of the original specification: 20 documents with 10 entities each. */
  @Test
  void storesTwoHundredEntitiesWithOneStatement() throws Exception {
    Path corpus = directory.resolve("twenty");
    Files.createDirectories(corpus);
    StringBuilder dictionary = new StringBuilder("term\ttype\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      dictionary.append("disease%d\tDISEASE\n".formatted(i));
    }
    for (int i = 0; i < 20; i++) {
      lines.append(
          "{\"id\":\"d%d\",\"text\":\"disease0 disease1. disease2 disease3. disease4 disease5. disease6 disease7. disease8 disease9.\"}\n"
              .formatted(i));
    }
    Files.writeString(corpus.resolve("dictionary.tsv"), dictionary);
    Files.writeString(corpus.resolve("documents.jsonl"), lines);

    List<LoggedMessage> batches = messages(corpus, StorageMode.BATCH);
    List<LoggedMessage> individual = messages(corpus, StorageMode.INDIVIDUAL);

    System.out.printf(
        "20 documents, 200 entities: %d messages in batches, %d row by row%n",
        batches.size(), individual.size());
    assertThat(executions(batches, "RAG.Entities"), is(1L));
    assertThat(executions(batches, "RAG.SourceDocuments"), is(1L));
    assertThat(executions(batches, "RAG.EntityRelationships"), is(1L));
    assertThat(executions(batches, "RAG.DocumentLedger"), is(1L));
    assertThat(executions(individual, "RAG.Entities"), is(200L));
    assertThat(commits(batches), lessThan(commits(individual)));
  }

  @ParameterizedTest
  @CsvSource({"NOTE,note", "note,NOTE"})
  void namesTheDocumentWhoseIdDiffersFromAnotherInCaseAlone(String first, String second)
      throws Exception {
    Path corpus = Files.createDirectories(directory.resolve("case-" + first));
    Files.writeString(corpus.resolve("dictionary.tsv"), "term\ttype\ngout\tDISEASE\n");
    Files.writeString(
        corpus.resolve("documents.jsonl"),
        "{\"id\":\"%s\",\"text\":\"gout\"}\n{\"id\":\"%s\",\"text\":\"no\"}\n"
            .formatted(first, second));
    try (IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
        IndexingRun indexing =
            new IndexingRun(corpus, target(server), server.backingConnection())) {
      Summary summary = indexing.run(options -> {});

      assertThat(summary.documents().indexed(), is(1L));
      assertThat(summary.documents().rejected(), is(1L));
      assertThat(
          indexing.rows("SELECT doc_id, text_content FROM RAG.SourceDocuments"),
          is(List.of(first + "|gout")));
    }
  }

  private static List<LoggedMessage> messages(Path corpus, StorageMode mode) throws Exception {
    try (IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
        IndexingRun indexing =
            new IndexingRun(corpus, target(server), server.backingConnection())) {
      indexing.run(
          options -> {
            options.setWriters(1);
            options.setShards(1);
            options.setStorageMode(mode);
          });
      assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.Entities"), is(List.of("200")));
      return server.messages();
    }
  }

  private static long executions(List<LoggedMessage> messages, String table) {
    return messages.stream()
        .filter(
            message ->
                message.type().equals("PU") && message.sql().contains("INSERT OR UPDATE " + table))
        .count();
  }

  private static long commits(List<LoggedMessage> messages) {
    return messages.stream().filter(message -> message.type().equals("TC")).count();
  }
}
