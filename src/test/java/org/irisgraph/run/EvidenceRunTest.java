package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that store where entities are mentioned and which sentences state relationships. */
class EvidenceRunTest {

  private static final String MENTIONS =
      """
      SELECT e.entity_name, SUBSTRING(d.text_content, m.mention_start + 1,
        m.mention_end - m.mention_start), SUBSTRING(d.text_content, m.sentence_start + 1,
        m.sentence_end - m.sentence_start)
      FROM RAG.EntityMentions m JOIN RAG.Entities e ON e.entity_id = m.entity_id
      JOIN RAG.SourceDocuments d ON d.doc_id = m.document_id
      ORDER BY m.document_id, m.mention_start\
      """;
  private static final String STATEMENTS =
      """
      SELECT r.relationship_type, SUBSTRING(d.text_content, p.sentence_start + 1,
        p.sentence_end - p.sentence_start)
      FROM RAG.RelationshipEvidence p
      JOIN RAG.EntityRelationships r ON r.relationship_id = p.relationship_id
      JOIN RAG.SourceDocuments d ON d.doc_id = p.document_id
      ORDER BY p.document_id, p.sentence_start\
      """;

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "gout\tDISEASE\naspirin\tDRUG\nlupus\tDISEASE\n");
    Files.writeString(
        corpus.resolve("relations.yaml"),
        "relations:\n  - {name: c, type: causes, pattern: '{source} causes {target}'}\n");
    Files.writeString(
        corpus.resolve("a.txt"), "\ud83e\uddec Aspirin.\n\nAspirin causes gout. GOUT hurts.");
    Files.writeString(corpus.resolve("b.txt"), "Lupus and gout.");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  private Summary run(Consumer<IndexingOptions> settings) throws Exception {
    return indexing.run(
        options -> {
          options.setInput(List.of(corpus + "/*.txt"));
          options.setRelationPatterns(corpus + "/relations.yaml");
          settings.accept(options);
        });
  }

  @Test
  void followsEditsAndDeletions() throws Exception {
    run(options -> options.setBatchRows(2));

    assertThat(
        indexing.rows(MENTIONS),
        contains(
            "Aspirin|Aspirin|\ud83e\uddec Aspirin.",
            "Aspirin|Aspirin|Aspirin causes gout.",
            "gout|gout|Aspirin causes gout.",
            "gout|GOUT|GOUT hurts.",
            "Lupus|Lupus|Lupus and gout.",
            "gout|gout|Lupus and gout."));
    assertThat(indexing.rows(STATEMENTS), contains("causes|Aspirin causes gout."));

    Files.writeString(corpus.resolve("a.txt"), "Lupus.");
    Files.delete(corpus.resolve("b.txt"));
    run(
        options -> {
          options.setDeleteMissing(true);
          options.setForce(true);
        });

    assertThat(indexing.rows(MENTIONS), contains("Lupus|Lupus|Lupus."));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.RelationshipEvidence"), is(List.of("0")));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.EntityMentions"), is(List.of("1")));
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void isDeletedWithDocumentsOnceItIsTurnedOff(StorageMode mode) throws Exception {
    run(options -> options.setStorageMode(mode));
    Files.delete(corpus.resolve("b.txt"));

    run(
        options -> {
          options.setStorageMode(mode);
          options.setEvidence(false);
          options.setDeleteMissing(true);
          options.setForce(true);
        });

    assertThat(indexing.rows("SELECT document_id FROM RAG.EntityMentions"), is(List.of()));
    assertThat(indexing.rows("SELECT document_id FROM RAG.RelationshipEvidence"), is(List.of()));
  }

  @Tag("slow")
  @Test
  void isStoredForAllDocumentsOnceItIsTurnedOn() throws Exception {
    run(options -> options.setEvidence(false));

    assertThat(
        indexing.rows(
            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'ENTITYMENTIONS'"),
        is(List.of("0")));

    assertThat(run(options -> {}).documents().indexed(), is(2L));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.EntityMentions"), is(List.of("6")));
    assertThat(run(options -> {}).documents().unchanged(), is(2L));
  }
}
