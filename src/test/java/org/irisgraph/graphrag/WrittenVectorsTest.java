package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenVectorsTest extends WrittenVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @Test
  void aColumnOfAnotherDimensionIsRefused() throws Exception {
    assertThat(
        refused("REAL ARRAY[768]"),
        containsString("takes vectors of 768 numbers, but those of the embedding model have 384"));
  }

  @Test
  void aTableWithoutTheColumnIsRefusedWithTheStatementThatAddsIt() throws Exception {
    assertThat(
        refused(""),
        containsString("ALTER TABLE RAG.SourceDocuments ADD embedding REAL ARRAY[384]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARCHAR(4000)", "VARCHAR ARRAY[384]", "REAL"})
  void aColumnOfAnotherKindIsRefusedWithTheStatementsThatReplaceIt(String type) throws Exception {
    assertThat(
        refused(type),
        allOf(
            containsString(
                "column embedding of table RAG.SourceDocuments has a type that takes no"),
            containsString(
                "ALTER TABLE RAG.SourceDocuments DROP COLUMN embedding and ALTER TABLE"
                    + " RAG.SourceDocuments ADD embedding REAL ARRAY[384]")));
  }

  @ParameterizedTest
  @CsvSource({
    "REAL ARRAY[384], 384",
    "DOUBLE PRECISION ARRAY[384], 384",
    "FLOAT ARRAY, 0",
    "'NUMERIC(10, 8) ARRAY[384]', 384"
  })
  void arraysOfAnyKindOfNumberAreTaken(String type, int dimension) throws Exception {
    try (TestTarget target = TestTarget.h2();
        Connection connection = Database.connect(target.settings())) {
      TargetTables tables = tables(target, type);
      assertThat(tables.vectors(connection).dimension(), is(dimension));
    }
  }

  @Test
  void anIndexThatTheDatabaseDoesNotHaveIsRefused() {
    assertThat(
        assertThrows(StoreException.Configuration.class, this::createIndex).getMessage(),
        containsString("H2 has no HNSW index for column embedding of table RAG.SourceDocuments"));
  }

  private static String refused(String type) throws Exception {
    try (TestTarget target = TestTarget.h2();
        Connection connection = Database.connect(target.settings())) {
      TargetTables tables = tables(target, type);
      return assertThrows(StoreException.Configuration.class, () -> tables.vectors(connection))
          .getMessage();
    }
  }

  private static TargetTables tables(TestTarget target, String type) throws Exception {
    target.execute("CREATE SCHEMA RAG");
    target.execute(
        "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY%s)"
            .formatted(type.isEmpty() ? "" : ", embedding " + type));
    return new TargetTables(
        target.settings().dialect(), TestGraphs.tables(target), "RAG.DocumentLedger");
  }
}
