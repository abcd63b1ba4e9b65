package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.GivenSettings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run with a language model would ask. */
class LanguageModelEstimateTest extends LanguageModelFixture {

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

  @Tag("slow")
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
      String continued =
          indexing.estimate(
              options -> {
                asks(options);
                options.as(GivenSettings.class).setFormerPipelines(List.of(options.getPipeline()));
                options.setPipeline("default");
              });

      assertThat(first.documents().indexed(), is((long) DOCUMENTS));
      assertThat(changed, containsString("31: 30 unchanged, 0 answered before, 1 to ask about"));
      assertThat(continued, is(changed));
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
}
