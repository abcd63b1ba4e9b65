package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WrittenVectorsPostgresIT extends WrittenVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.postgres();
  }

  @Test
  void aColumnOfAnotherKindIsRefusedWithTheStatementsThatReplaceIt() throws Exception {
    try (TestTarget target = TestTarget.postgres();
        Connection connection = Database.connect(target.settings())) {
      target.clearSchema("RAG");
      TestGraphs.createTables(target);
      TargetTables tables =
          new TargetTables(
              target.settings().dialect(),
              TestGraphs.tables(target),
              target.in("RAG.DocumentLedger"));
      target.execute("ALTER TABLE RAG.SourceDocuments ALTER COLUMN embedding TYPE text");

      assertThat(
          assertThrows(StoreException.Configuration.class, () -> tables.vectors(connection))
              .getMessage(),
          allOf(
              containsString("has a type that takes no vectors"),
              containsString("ADD embedding REAL[]")));
    }
  }

  /**
   * The server has no pgvector: a type of its name stands in, whose values are texts, with the
   * operator for the negative product.
   */
  @Nested
  class InColumnsOfPgvector extends WrittenVectorsContract {

    @Override
    protected TestTarget open() throws Exception {
      return TestTarget.postgres();
    }

    @Override
    protected void prepare(TestTarget target) throws Exception {
      target.execute(
          "CREATE DOMAIN vector AS text CHECK (VALUE LIKE '[%]')",
          """
          CREATE FUNCTION negative_product(one text, two text) RETURNS double precision
          LANGUAGE SQL AS $$
            SELECT -SUM(x * y) FROM unnest(
              string_to_array(trim(BOTH '[]' FROM one), ',')::double precision[],
              string_to_array(trim(BOTH '[]' FROM two), ',')::double precision[]) AS pairs(x, y)
          $$
          """,
          "CREATE OPERATOR <#> (LEFTARG = text, RIGHTARG = text, FUNCTION = negative_product)",
          "ALTER TABLE RAG.SourceDocuments ALTER COLUMN embedding TYPE vector USING NULL");
    }

    @Test
    void anIndexThatTheServerRefusesIsNamedWithItsStatement() {
      assertThat(
          assertThrows(StoreException.Configuration.class, this::createIndex).getMessage(),
          allOf(
              containsString("hnsw"),
              containsString("all documents are stored: run\nCREATE INDEX idx_hnsw_"),
              containsString("USING hnsw (embedding vector_ip_ops);")));
    }
  }
}
