package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.report.ForeignRowFigures;
import org.irisgraph.report.Summary;
import org.irisgraph.report.SummaryText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs over documents for which another tool has stored entities and a relationship, too. */
class ForeignRowsRunTest {

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void indexElsewhereFirst() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    for (int i = 0; i < 4; i++) {
      Files.writeString(corpus.resolve(i + ".txt"), "About gout and lupus, " + i);
    }
    indexing = new IndexingRun(corpus);
    // The tables come into being with a document that is none of the corpus.
    Path other = Files.writeString(Files.createTempFile(corpus, "other", ".md"), "Nothing.");
    indexing.run(options -> options.setInput(List.of(other.toString())));
    for (int i = 0; i < 4; i++) {
      storeForeignRows(i + ".txt");
    }
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  /** Two entities and a relationship. */
  private void storeForeignRows(String document) throws Exception {
    String[] entities = {UUID.randomUUID().toString(), UUID.randomUUID().toString()};
    for (String entity : entities) {
      indexing.execute(
          ("INSERT INTO RAG.Entities (entity_id, entity_name, entity_type, source_doc_id)"
                  + " VALUES ('%s', 'theirs', 'DRUG', '%s')")
              .formatted(entity, document));
    }
    indexing.execute(
        ("INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
                + " target_entity_id, relationship_type, source_document)"
                + " VALUES ('%s', '%s', '%s', 'treats', '%s')")
            .formatted(UUID.randomUUID(), entities[0], entities[1], document));
  }

  private Summary run(Consumer<IndexingOptions> settings) throws Exception {
    return indexing.run(
        options -> {
          options.setInput(List.of(corpus + "/*.txt"));
          options.setShards(1);
          settings.accept(options);
        });
  }

  private Summary run(ForeignRows foreignRows) throws Exception {
    return run(options -> options.setForeignRows(foreignRows));
  }

  private List<String> theirs() throws Exception {
    return indexing.rows("SELECT COUNT(*) FROM RAG.Entities WHERE entity_name = 'theirs'");
  }

  @Tag("slow")
  @Test
  void countsWhatItKeepsForNewAndForChangedDocuments() throws Exception {
    Summary first = run(options -> {});
    assertThat(first.foreignRows(), is(new ForeignRowFigures(12L, 0L, 0L)));

    Files.writeString(corpus.resolve("0.txt"), "Only lupus");
    Summary second = run(options -> {});
    assertThat(second.documents().unchanged(), is(3L));
    assertThat(second.foreignRows(), is(new ForeignRowFigures(3L, 0L, 0L)));
    assertThat(theirs(), contains("8"));

    Map<?, ?> json = new ObjectMapper().readValue(second.toJson(), Map.class);
    assertThat(json.get("foreignRows"), is(Map.of("kept", 3, "replaced", 0, "held", 0)));
    assertThat(
        new SummaryText(second, Map.of(), Map.of(), List.of()).toString(),
        containsString("foreign rows  3 kept\n"));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void replacesThemWhereItWrites(boolean flink) throws Exception {
    run(options -> {});
    Files.writeString(corpus.resolve("0.txt"), "Only lupus");

    Summary changed =
        run(
            options -> {
              options.setForeignRows(ForeignRows.REPLACE);
              if (flink) {
                IndexingRun.flink(options);
              }
            });
    assertThat(changed.foreignRows(), is(new ForeignRowFigures(0L, 3L, 0L)));
    assertThat(theirs(), contains("6"));

    Summary all =
        run(
            options -> {
              options.setForeignRows(ForeignRows.REPLACE);
              options.setReindex(Reindex.ALL);
            });
    assertThat(all.foreignRows(), is(new ForeignRowFigures(0L, 9L, 0L)));
    assertThat(theirs(), contains("0"));
  }

  @Test
  void replacesThemForNewDocumentsAndLeavesWhatACleanRunWould() throws Exception {
    Summary summary = run(ForeignRows.REPLACE);

    assertThat(summary.foreignRows(), is(new ForeignRowFigures(0L, 12L, 0L)));
    assertThat(summary.documents().indexed(), is(4L));
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(options -> options.setInput(List.of(corpus + "/*.txt")));
      assertThat(indexing.contents().get("entities"), is(clean.contents().get("entities")));
      assertThat(
          indexing.contents().get("relationships"), is(clean.contents().get("relationships")));
    }
    assertThat(run(ForeignRows.REPLACE).foreignRows(), is(new ForeignRowFigures(0L, 0L, 0L)));
  }

  @Tag("slow")
  @Test
  void keepsThoseOfADocumentThatIsDeletedAndReplacesThemIfAsked() throws Exception {
    run(options -> {});
    Files.delete(corpus.resolve("0.txt"));
    Summary kept =
        run(
            options -> {
              options.setDeleteMissing(true);
              options.setForce(true);
            });

    // The document of the first run is gone, too; that of the corpus is what kept rows belong to.
    assertThat(kept.documents().deleted(), is(2L));
    assertThat(kept.foreignRows(), is(new ForeignRowFigures(0L, 0L, 1L)));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE source_doc_id = '0.txt'"),
        contains("theirs", "theirs"));
    assertThat(
        indexing.rows("SELECT doc_id FROM RAG.SourceDocuments WHERE doc_id = '0.txt'"),
        contains("0.txt"));

    Files.delete(corpus.resolve("1.txt"));
    Summary replaced =
        run(
            options -> {
              options.setDeleteMissing(true);
              options.setForce(true);
              options.setForeignRows(ForeignRows.REPLACE);
            });

    assertThat(replaced.foreignRows(), is(new ForeignRowFigures(0L, 3L, 0L)));
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.Entities WHERE source_doc_id = '1.txt'"),
        contains("0"));
  }
}
