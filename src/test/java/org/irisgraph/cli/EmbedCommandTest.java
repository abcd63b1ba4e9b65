package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a table that another tool has filled. */
class EmbedCommandTest {

  private static final int DOCUMENTS = 450;

  private TestTarget target;

  @BeforeEach
  void fillTable() throws Exception {
    target = TestTarget.h2();
    target.execute(
        "CREATE SCHEMA RAG",
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY, text_content CLOB,"
            + " embedding REAL ARRAY[384])",
        "INSERT INTO RAG.SourceDocuments (doc_id, text_content)"
            + " SELECT 'd' || X, 'text ' || X FROM SYSTEM_RANGE(1, %d)".formatted(DOCUMENTS),
        "INSERT INTO RAG.SourceDocuments (doc_id, text_content) VALUES ('empty', NULL)");
  }

  @AfterEach
  void close() throws Exception {
    target.close();
  }

  private String embed(String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of("embed", "--jdbcUrl=" + target.settings().jdbcUrl(), "--pipeline=test"));
    arguments.addAll(List.of(flags));
    CommandRun run = CommandRun.of(arguments.toArray());
    return run.out() + run.err();
  }

  private String withVector() throws Exception {
    return target
        .rows("SELECT COUNT(*) FROM RAG.SourceDocuments WHERE embedding IS NOT NULL")
        .get(0);
  }

  @Tag("slow")
  @Test
  void fillsWhatIsMissing() throws Exception {
    assertThat(
        embed("--embeddings=minilm"),
        containsString("computed the vectors of %d texts".formatted(DOCUMENTS)));
    assertThat(withVector(), is("" + DOCUMENTS));
    SentenceModel model = SentenceModel.acquire(MiniLm.QUANTISED);
    try {
      assertThat(
          target.rows("SELECT embedding FROM RAG.SourceDocuments WHERE doc_id = 'd7'").stream()
              .map(vector -> vector.replaceAll("[\\[\\] ]", ""))
              .toList(),
          contains(model.embed("text 7").toString()));
    } finally {
      SentenceModel.release(MiniLm.QUANTISED);
    }

    target.execute("UPDATE RAG.SourceDocuments SET embedding = NULL WHERE doc_id = 'd7'");

    assertThat(embed("--embeddings=minilm"), containsString("the vectors of 1 texts"));
    assertThat(withVector(), is("" + DOCUMENTS));
  }

  /** Loads a second model, of 83 MB. */
  @Test
  @Tag("slow")
  void computesAllAgainIfAskedTo() throws Exception {
    target.execute("DELETE FROM RAG.SourceDocuments WHERE doc_id <> 'd7'");
    embed("--embeddings=minilm");
    String before = target.rows("SELECT embedding FROM RAG.SourceDocuments").get(0);

    assertThat(embed("--embeddings=minilm_full"), containsString("the vectors of 0 texts"));
    assertThat(
        embed("--embeddings=minilm_full", "--all"), containsString("the vectors of 1 texts"));
    assertThat(
        target.rows("SELECT embedding FROM RAG.SourceDocuments").get(0).equals(before), is(false));
  }

  @Tag("slow")
  @Test
  void fillsTheColumnsOfEntitiesAndRelationships() throws Exception {
    target.execute(
        "DELETE FROM RAG.SourceDocuments WHERE doc_id <> 'd7'",
        "CREATE TABLE RAG.Entities (entity_id VARCHAR(255) PRIMARY KEY, entity_name VARCHAR(255),"
            + " embedding REAL ARRAY[384])",
        "INSERT INTO RAG.Entities (entity_id, entity_name) VALUES ('e1', 'colchicine'),"
            + " ('e2', 'gout'), ('e3', NULL)",
        "CREATE TABLE RAG.EntityRelationships (relationship_id VARCHAR(255) PRIMARY KEY,"
            + " source_entity_id VARCHAR(255), target_entity_id VARCHAR(255),"
            + " relationship_type VARCHAR(99), relation_embedding REAL ARRAY[384])",
        "INSERT INTO RAG.EntityRelationships (relationship_id, source_entity_id,"
            + " target_entity_id, relationship_type) VALUES ('r1', 'e1', 'e2', 'treats'),"
            + " ('r2', 'e1', 'e3', 'treats'), ('r3', NULL, 'e2', 'treats'),"
            + " ('r4', 'e1', 'e2', 'same_as')");

    String output = embed("--embeddings=minilm");

    assertThat(
        output,
        allOf(
            containsString("the vectors of 1 texts"),
            containsString("the vectors of 2 entities"),
            containsString("the vectors of 1 relationships")));
    assertThat(
        target.rows(
            "SELECT entity_id FROM RAG.Entities WHERE embedding IS NOT NULL UNION ALL"
                + " SELECT relationship_id FROM RAG.EntityRelationships"
                + " WHERE relation_embedding IS NOT NULL ORDER BY 1"),
        contains("e1", "e2", "r1"));
    assertThat(embed("--embeddings=minilm"), containsString("the vectors of 0 entities"));
  }

  @Test
  void saysThatThereIsNoTable() throws Exception {
    target.execute("DROP TABLE RAG.SourceDocuments");

    assertThat(
        embed("--embeddings=minilm"),
        containsString("there is no table RAG.SourceDocuments: run index first"));
  }

  @Test
  void needsAModel() {
    assertThat(embed(), containsString("add --embeddings=minilm"));
  }

  @Test
  void checksTheSettingsOfAnEndpoint() {
    assertThat(embed("--embeddings=endpoint"), containsString("embeddingUrl is not set"));
  }
}
