package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that earlier versions of iris-vector-rag left behind. */
class LayoutTest {

  /** Layout B: cascading foreign keys, no confidence, relationships without weight and document. */
  private static final List<String> OLDER_MIGRATIONS =
      List.of(
          "CREATE SCHEMA RAG",
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) NOT NULL PRIMARY KEY,"
              + " title VARCHAR(1000), text_content CLOB, abstract CLOB, authors CLOB,"
              + " keywords CLOB, metadata VARCHAR(2000), embedding REAL ARRAY[384],"
              + " created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
          "CREATE TABLE RAG.Entities (entity_id VARCHAR(255) NOT NULL PRIMARY KEY,"
              + " entity_name VARCHAR(1000) NOT NULL, entity_type VARCHAR(255) NOT NULL,"
              + " source_doc_id VARCHAR(255) NOT NULL REFERENCES RAG.SourceDocuments(doc_id)"
              + " ON DELETE CASCADE, description CLOB, embedding REAL ARRAY[384],"
              + " created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
          "CREATE TABLE RAG.EntityRelationships (relationship_id VARCHAR(255) NOT NULL PRIMARY KEY,"
              + " source_entity_id VARCHAR(255) NOT NULL REFERENCES RAG.Entities(entity_id)"
              + " ON DELETE CASCADE,"
              + " target_entity_id VARCHAR(255) NOT NULL REFERENCES RAG.Entities(entity_id)"
              + " ON DELETE CASCADE, relationship_type VARCHAR(255) NOT NULL, metadata CLOB,"
              + " created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");

  /** Layout C: shorter ids, and no table of relationships. */
  private static final List<String> SCHEMA_SQL =
      List.of(
          "CREATE SCHEMA RAG",
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " title VARCHAR(500), text_content CLOB, metadata CLOB,"
              + " embedding DOUBLE PRECISION ARRAY[384])",
          "CREATE TABLE RAG.Entities (entity_id VARCHAR(64) NOT NULL PRIMARY KEY,"
              + " entity_name VARCHAR(500) NOT NULL, entity_type VARCHAR(100),"
              + " source_doc_id VARCHAR(64))");

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void open() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "term\ttype\ngout\tDISEASE\nlupus\tDISEASE\n");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  private Summary index(String... lines) throws Exception {
    Files.writeString(corpus.resolve("documents.jsonl"), String.join("\n", lines));
    return indexing.run(
        options -> options.setInput(List.of(corpus.resolve("documents.jsonl").toString())));
  }

  @Test
  void writesAndReplacesDocumentsInTheTablesOfOlderMigrations() throws Exception {
    for (String statement : OLDER_MIGRATIONS) {
      indexing.execute(statement);
    }

    Summary first =
        index(
            "{\"id\":\"a\",\"text\":\"gout and lupus\"}",
            "{\"id\":\"b\",\"text\":\"lupus and gout\"}");
    assertThat(first.exitCode(), is(0));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.EntityRelationships"), contains("2"));

    index("{\"id\":\"a\",\"text\":\"only lupus\"}", "{\"id\":\"b\",\"text\":\"lupus and gout\"}");
    assertThat(
        indexing.rows("SELECT source_doc_id, entity_name FROM RAG.Entities ORDER BY 1, 2"),
        contains("a|lupus", "b|gout", "b|lupus"));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.EntityRelationships"), contains("1"));
  }

  @Test
  void namesTheDocumentsWhoseIdsAreTooLongForTheTables() throws Exception {
    for (String statement : SCHEMA_SQL) {
      indexing.execute(statement);
    }
    String longId = "x".repeat(65);

    Summary summary =
        index(
            "{\"id\":\"a\",\"text\":\"gout and lupus\"}",
            "{\"id\":\"%s\",\"text\":\"gout\"}".formatted(longId));

    assertThat(summary.documents().indexed(), is(1L));
    assertThat(summary.documents().rejected(), is(1L));
    assertThat(
        indexing.rows("SELECT doc_id FROM RAG.SourceDocuments WHERE doc_id <> 'a'"), is(empty()));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.EntityRelationships"), contains("1"));
  }

  @Test
  void createsTheTablesThatIrisVectorRagExpectsToExist() throws Exception {
    index("{\"id\":\"a\",\"text\":\"gout and lupus\"}");

    assertThat(
        indexing.rows(
            "SELECT community_id, name, description, entity_ids, entity_count, hierarchy_level,"
                + " parent_community_id, summary, confidence, created_timestamp"
                + " FROM RAG.Communities"),
        is(empty()));
  }

  @Test
  void leavesATableOfCommunitiesAsItIs() throws Exception {
    indexing.execute("CREATE SCHEMA RAG");
    indexing.execute("CREATE TABLE RAG.Communities (id INTEGER)");
    indexing.execute("INSERT INTO RAG.Communities VALUES (7)");

    index("{\"id\":\"a\",\"text\":\"gout and lupus\"}");

    assertThat(indexing.rows("SELECT * FROM RAG.Communities"), contains("7"));
  }
}
