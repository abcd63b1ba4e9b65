package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs do when the language model, or what it needs, is missing or wrong. */
class LanguageModelFailureTest extends LanguageModelFixture {

  @Tag("slow")
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
          is(List.of("doc-3 extract LLM_MALFORMED the answer does not contain this document")));
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

  @Tag("slow")
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
  void aWrongKeyEndsTheRunAndIsShownNowhere(String runner) throws Exception {
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
}
