package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.report.LanguageModelFigures;
import org.irisgraph.report.Summary;
import org.irisgraph.report.SummaryText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs with a language model store, and what they do not ask again. */
class LanguageModelRunTest extends LanguageModelFixture {

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
      assertThat(
          figures.promptTokens(),
          is(server.requests().stream().mapToLong(ModelServer.Asked::tokens).sum()));
      assertThat(figures.completionTokens(), is(10 * figures.calls()));
      assertThat(figures.answers(), is((long) DOCUMENTS));
      assertThat(figures.cost(), is(nullValue()));
      assertThat(
          new SummaryText(summary, Map.of(), Map.of(), List.of()).toString(),
          containsString("model         " + figures.calls() + " calls, "));
    }
  }

  @Tag("slow")
  @Test
  void sendsTheFurtherFieldsWithEachRequest() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          options -> {
            asks(options);
            options.setLlmExtraBody("{\"seed\": 7}");
          });

      assertThat(
          server.requests().stream().map(asked -> asked.body().path("seed").asInt()).toList(),
          is(both(not(empty())).and(everyItem(is(7)))));
    }
  }

  @Tag("slow")
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

  @Tag("slow")
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

  @Tag("slow")
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
}
