package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ChosenNames;
import org.irisgraph.report.NextSteps;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose settings leave the models of names open. */
class NamesRunTest {

  private static final Path TEXTS = Path.of("src/test/resources/general-texts");

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void open() throws SQLException {
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  @Tag("slow")
  @Test
  void aPipelineKeepsItsModelsWhenOtherTextsAreAdded() throws Exception {
    Files.copy(TEXTS.resolve("news.txt"), corpus.resolve("news.txt"));
    Files.copy(TEXTS.resolve("contract.txt"), corpus.resolve("contract.txt"));

    Summary first = run();
    for (int file = 0; file < 4; file++) {
      Files.writeString(
          corpus.resolve(file + ".txt"), "Naloxone reverses the effect of clonidine in rats.");
    }
    Summary second = run();

    assertThat(
        first.names(),
        is(new ChosenNames(List.of("general"), "0 of 2 sampled documents are biomedical")));
    assertThat(
        second.names(),
        is(new ChosenNames(List.of("general"), "as in the pipeline's earlier runs")));
    assertThat(second.documents().unchanged(), is(2L));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE entity_type = 'PERSON'"),
        hasItem("Pieter de Vries"));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE entity_type = 'DRUG'").size(),
        is(0));
  }

  @Test
  void saysWhatToDoIfFewDocumentsHaveAnEntity() throws Exception {
    Files.writeString(corpus.resolve("a.txt"), "It was long ago, and nothing is left of it.");

    Summary summary = run();
    IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    options.setNames(Objects.requireNonNull(summary.names()).models());

    assertThat(
        new NextSteps(options, summary, List.of(), List.of(), corpus).hints(null).get(0),
        startsWith("Only 0 of 1 documents have an entity: try --names=both"));
  }

  @Test
  void namesNoChoiceIfTheSettingsMakeIt() throws Exception {
    Files.copy(TEXTS.resolve("news.txt"), corpus.resolve("news.txt"));

    Summary summary =
        indexing.run(
            options -> {
              options.setInput(List.of(corpus + "/*.txt"));
              options.setExtractors(List.of("ner"));
              options.setNames(List.of("both"));
            });

    assertThat(summary.names(), is(nullValue()));
    assertThat(Objects.requireNonNull(summary.leftOut()).withoutEntities(), is(0L));
  }

  private Summary run() throws Exception {
    return indexing.run(
        options -> {
          options.setInput(List.of(corpus + "/*.txt"));
          options.setExtractors(List.of("ner"));
        });
  }
}
