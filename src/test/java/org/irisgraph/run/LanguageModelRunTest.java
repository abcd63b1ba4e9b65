package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.LanguageModelFigures;
import org.irisgraph.report.Summary;
import org.irisgraph.report.SummaryText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that ask a language model, which a server on a real socket stands in for. */
class LanguageModelRunTest {

  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  private static final int DOCUMENTS = 30;

  @TempDir private Path directory;
  private Path corpus;
  private ModelServer server;

  @BeforeEach
  void start() throws IOException {
    corpus = Files.createDirectory(directory.resolve("corpus"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines.append("{\"id\":\"doc-%d\",\"text\":\"%s\"}\n".formatted(i, text(i)));
    }
    Files.writeString(corpus.resolve("lines.jsonl"), lines);
    Files.writeString(corpus.resolve("dictionary.tsv"), "aspirin\tDRUG\ngout\tDISEASE\n");
    Files.writeString(directory.resolve("key"), KEY + "\n");
    server = new ModelServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String text(int i) {
    return "Patient %d took aspirin against fever. %sThen came metformin for gout."
        .formatted(i, "The dose was raised again on the next day. ".repeat(i % 6));
  }

  private void asks(IndexingOptions options) {
    options.setExtractors(List.of("llm"));
    options.setDictionary(null);
    options.setLlmUrl(server.url());
    options.setLlmModel("test-model");
    options.setLlmApiKeyFrom("file:" + directory.resolve("key"));
    options.setLlmTokensPerCall(2048);
    options.setDeadLetters(directory.resolve("dead-letters").toString());
  }

  @Test
  void storesWhatTheModelFinds() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      Summary summary = indexing.run(this::asks);

      assertThat(summary.documents().indexed(), is((long) DOCUMENTS));
      assertThat(
          indexing.rows(
              "SELECT entity_name, entity_type, confidence FROM RAG.Entities WHERE source_doc_id ="
                  + " 'doc-7' ORDER BY entity_name"),
          is(List.of("aspirin|DRUG|0.9", "fever|SYMPTOM|0.9", "metformin|DRUG|0.9")));
      assertThat(
          indexing.rows(
              "SELECT relationship_type, weight, r.confidence FROM RAG.EntityRelationships r WHERE"
                  + " source_document = 'doc-7' AND relationship_type <> 'co_occurs_with'"),
          is(List.of("treats|1.0|0.75")));
      LanguageModelFigures figures = summary.languageModel();
      assertThat(figures.calls(), is((long) server.requests().size()));
      assertThat(figures.calls(), lessThan((long) DOCUMENTS));
      assertThat(figures.promptTokens(), is(100 * figures.calls()));
      assertThat(figures.completionTokens(), is(10 * figures.calls()));
      assertThat(figures.answers(), is((long) DOCUMENTS));
      assertThat(figures.cost(), is(nullValue()));
      assertThat(
          new SummaryText(summary, Map.of(), List.of()).toString(),
          containsString("model         " + figures.calls() + " calls, "));
    }
  }

  @Test
  void mergesTheModelWithOtherExtractorsAndSaysWhoFoundWhat() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          options -> {
            asks(options);
            options.setExtractors(List.of("dictionary", "llm"));
            options.setDictionary(corpus + "/dictionary.tsv");
          });

      List<String> found =
          indexing.rows(
              "SELECT entity_name, description FROM RAG.Entities WHERE source_doc_id = 'doc-0'"
                  + " ORDER BY entity_name");
      assertThat(found, hasSize(4));
      assertThat(found.get(0), containsString("dictionary,llm"));
      assertThat(found.get(1), not(containsString("dictionary")));
      assertThat(found.get(2), not(containsString("llm")));
    }
  }

  @Tag("slow")
  @Test
  void givesTheSameTablesHoweverItIsRun() throws Exception {
    Map<String, List<String>> expected = contentsAfter(options -> {});
    List<Consumer<IndexingOptions>> ways = new ArrayList<>();
    ways.add(
        options -> {
          options.setLlmConcurrency(1);
          options.as(DirectOptions.class).setTargetParallelism(1);
        });
    ways.add(
        options -> {
          options.setLlmConcurrency(7);
          options.setBatchRows(3);
          options.as(DirectOptions.class).setTargetParallelism(3);
        });
    ways.add(IndexingRun::flink);
    ways.add(
        options -> {
          IndexingRun.flink(options);
          options.setMaxBufferingMillis(1);
          options.as(FlinkPipelineOptions.class).setParallelism(3);
        });
    for (Consumer<IndexingOptions> way : ways) {
      assertThat(contentsAfter(way), is(expected));
    }
    ConnectionSettings file =
        new ConnectionSettings(
            "jdbc:h2:" + directory.resolve("graph"), null, PasswordReference.of(null), Map.of(), 1);
    try (IndexingRun indexing =
        new IndexingRun(
            corpus, options -> options.setJdbcUrl(file.jdbcUrl()), Database.connect(file))) {
      indexing.run(this::asks);
      assertThat(indexing.contents(), is(expected));
    }
  }

  private Map<String, List<String>> contentsAfter(Consumer<IndexingOptions> way) throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          options -> {
            asks(options);
            way.accept(options);
          });
      return indexing.contents();
    }
  }

  @Test
  void paysForNothingTwice() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(this::asks);
      Map<String, List<String>> first = indexing.contents();
      int requests = server.requests().size();

      indexing.run(this::asks);
      Summary again =
          indexing.run(
              options -> {
                asks(options);
                options.setReindex(Reindex.ALL);
                options.setLlmUrl(server.url() + "/");
                options.setLlmConcurrency(1);
              });

      assertThat(server.requests(), hasSize(requests));
      assertThat(again.documents().indexed(), is((long) DOCUMENTS));
      assertThat(again.languageModel().calls(), is(0L));
      assertThat(indexing.contents(), is(first));
    }
  }

  @Test
  void asksAgainAboutWhatIsAskedDifferently() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(this::asks);
      int requests = server.requests().size();

      Summary summary =
          indexing.run(
              options -> {
                asks(options);
                options.setLlmTypes(List.of("DRUG"));
              });

      assertThat(summary.documents().indexed(), is((long) DOCUMENTS));
      assertThat(server.requests().size(), greaterThan(requests));
      assertThat(summary.languageModel().unusable(), is((long) DOCUMENTS));
      assertThat(
          indexing.rows("SELECT DISTINCT entity_type FROM RAG.Entities"), is(List.of("DRUG")));
    }
  }

  @Test
  void namesADocumentWithoutAnAnswerAndIndexesTheOthers() throws Exception {
    server.usually(
        asked -> {
          ObjectNode answer = asked.answer();
          answer
              .path("documents")
              .forEach(
                  document -> {
                    if (asked.texts().get(document.path("id").asText()).equals(text(3))) {
                      ((ObjectNode) document).removeAll();
                    }
                  });
          return asked.says(answer.toString());
        });
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      Summary summary = indexing.run(this::asks);

      assertThat(summary.documents().indexed(), is(DOCUMENTS - 1L));
      assertThat(summary.documents().rejected(), is(1L));
      assertThat(
          deadLetters(),
          is(List.of("doc-3 extract LLM_MALFORMED the answer does not have this document")));
      assertThat(server.timesAsked(text(3)), is(2L));

      server.usually(ModelServer.Asked::good);
      IndexingRun.Replayed replayed =
          indexing.replay(directory.resolve("dead-letters"), this::asks);
      assertThat(replayed.summary().documents().indexed(), is(1L));
      assertThat(server.timesAsked(text(3)), is(3L));
      assertThat(server.timesAsked(text(4)), is(1L));
    }
  }

  private List<String> deadLetters() throws IOException {
    List<String> letters = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("dead-letters"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          var letter = new ObjectMapper().readTree(line);
          letters.add(
              String.join(
                  " ",
                  letter.path("documentId").asText(),
                  letter.path("stage").asText(),
                  letter.path("code").asText(),
                  letter.path("message").asText()));
        }
      }
    }
    return letters;
  }

  @Test
  void anOutageRejectsNothingAndTheNextRunGoesOn() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      server.usually(asked -> asked.fails(503, "down for maintenance"));

      FailedRunException failure =
          assertThrows(
              FailedRunException.class,
              () ->
                  indexing.run(
                      options -> {
                        asks(options);
                        options.setRetrySeconds(1);
                      }));

      assertThat(failure.summary().documents().read(), is(0L));
      assertThat(indexing.rows("SELECT document_id FROM RAG.DocumentLedger"), is(empty()));

      server.usually(ModelServer.Asked::good);
      assertThat(indexing.run(this::asks).documents().indexed(), is((long) DOCUMENTS));
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink"})
  void aWrongKeyEndsTheRunAndStandsNowhere(String runner) throws Exception {
    server.usually(asked -> asked.fails(401, "wrong key " + KEY));
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      FailedRunException failure =
          assertThrows(
              FailedRunException.class,
              () ->
                  indexing.run(
                      options -> {
                        asks(options);
                        if (runner.equals("flink")) {
                          IndexingRun.flink(options);
                        }
                      }));

      List<String> messages = new ArrayList<>();
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        messages.add(String.valueOf(cause.getMessage()));
      }
      assertThat(messages.toString(), containsString("llmApiKeyFrom"));
      assertThat(messages.toString(), not(containsString(KEY)));
      assertThat(failure.summary().toJson(), not(containsString(KEY)));
      assertThat(indexing.rows("SELECT document_id FROM RAG.DocumentLedger"), is(empty()));
    }
  }

  @Test
  void keepsTheKeyOutOfTheDatabaseAlsoIfTheModelRepeatsIt() throws Exception {
    server.usually(
        asked -> {
          ObjectNode answer = asked.answer();
          ((ObjectNode) answer.at("/documents/0"))
              .withArray("entities")
              .addObject()
              .put("text", asked.authorization())
              .put("type", "DRUG");
          return asked.says(answer.toString());
        });
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      Summary summary = indexing.run(this::asks);

      assertThat(summary.languageModel().invented(), greaterThan(0L));
      assertThat(
          indexing
              .rows(
                  "SELECT * FROM RAG.LlmResponses UNION ALL SELECT call_id, model_name, run_id,"
                      + " 0, 0, 0, '', '', created_at FROM RAG.LlmCalls")
              .toString(),
          not(containsString(KEY)));
    }
  }

  @Test
  void saysWithoutItsTablesHowToMakeThem() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          options -> {
            options.setDictionary(corpus + "/dictionary.tsv");
          });

      Exception missing =
          assertThrows(
              Exception.class,
              () ->
                  indexing.run(
                      options -> {
                        asks(options);
                        options.setCreateTables(false);
                      }));

      assertThat(missing.getMessage(), containsString("CREATE TABLE RAG.LlmResponses"));
      assertThat(missing.getMessage(), containsString("CREATE TABLE RAG.LlmCalls"));
    }
  }

  @Test
  void estimatesWithoutSendingAndWithoutWriting() throws Exception {
    Path file = directory.resolve("none");
    IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    asks(options);
    options.setPipeline("test");
    options.setInput(IndexingRun.globs(corpus));
    options.setJdbcUrl("jdbc:h2:" + file);
    options.setLlmInputPrice(1.0);
    options.setLlmOutputPrice(2.0);
    options.setEstimateOnly(true);

    String estimate = ModelEstimate.of(options);

    assertThat(estimate, containsString("30: 0 unchanged, 0 answered before, 30 to ask about"));
    assertThat(estimate, containsString("cost          about 0.0"));
    assertThat(server.requests(), is(empty()));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(
          files.map(Path::getFileName).map(Path::toString).toList(),
          not(hasItem(containsString("none"))));
    }
  }

  @Test
  void estimatesOnlyWhatIsStillToBeAsked() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      Summary first = indexing.run(this::asks);
      List<String> ledger = indexing.rows("SELECT * FROM RAG.DocumentLedger ORDER BY ledger_key");
      Files.writeString(
          corpus.resolve("more.jsonl"),
          "{\"id\":\"new\",\"text\":\"Infliximab causes nausea.\"}\n");

      String changed = indexing.estimate(this::asks);
      String all =
          indexing.estimate(
              options -> {
                asks(options);
                options.setReindex(Reindex.ALL);
              });

      assertThat(first.documents().indexed(), is((long) DOCUMENTS));
      assertThat(changed, containsString("31: 30 unchanged, 0 answered before, 1 to ask about"));
      assertThat(all, containsString("31: 0 unchanged, 30 answered before, 1 to ask about"));
      assertThat(changed, containsString("calls         about 1\n"));
      assertThat(indexing.rows("SELECT * FROM RAG.DocumentLedger ORDER BY ledger_key"), is(ledger));
    }
  }

  @Test
  void asksAboutDocumentsThatAreInTheirTableAlready() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.execute("CREATE SCHEMA RAG");
      indexing.execute(
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY, text_content CLOB)");
      for (int i = 0; i < 5; i++) {
        indexing.execute(
            "INSERT INTO RAG.SourceDocuments VALUES ('doc-%d', '%s')".formatted(i, text(i)));
      }
      Consumer<IndexingOptions> inPlace =
          options -> {
            asks(options);
            options.setInput(null);
            options.setJdbcInput("RAG.SourceDocuments");
          };

      String before = indexing.estimate(inPlace);
      Summary summary = indexing.run(inPlace);
      String after = indexing.estimate(inPlace);

      assertThat(before, containsString("5: 0 unchanged, 0 answered before, 5 to ask about"));
      assertThat(summary.documents().indexed(), is(5L));
      assertThat(
          indexing.rows("SELECT COUNT(*) FROM RAG.Entities WHERE entity_name = 'metformin'"),
          is(List.of("5")));
      assertThat(after, containsString("5: 5 unchanged, 0 answered before, 0 to ask about"));
    }
  }

  @Test
  void saysWhatIsWrongWithTheOptions() {
    IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    options.setExtractors(List.of("llm"));
    options.setLlmUrl("http://user:" + KEY + "@localhost/v1");
    options.setLlmApiKeyFrom(KEY);
    options.setLlmTypes(List.of("drug"));
    options.setLlmRelationTypes(List.of("co_occurs_with"));
    options.setLlmInputPrice(-1.0);

    List<String> problems = ModelPlan.problems(options);

    assertThat(
        problems,
        hasItems(
            "llmUrl must be an address as in http://localhost:11434/v1, without user and query",
            "llmModel must have 1 to 255 characters",
            "llmApiKeyFrom must be env:NAME or file:PATH",
            "llmTypes must be of capitals, digits or _, not \"drug\"",
            "llmInputPrice must be between 0 and 1000000"));
    assertThat(problems, hasSize(6));
    assertThat(problems.toString(), not(containsString(KEY)));
  }
}
