package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.util.List;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.VectorColumn;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
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
   * The server has no pgvector: types of the same names and modifiers stand in, whose values are
   * texts, with the operator for the negative product.
   */
  @Nested
  class InColumnsOfPgvector extends WrittenVectorsContract {

    private TestTarget target;

    @Override
    protected TestTarget open() throws Exception {
      target = TestTarget.postgres();
      for (String type : List.of("vector", "halfvec")) {
        target.execute(
            "CREATE TYPE " + type,
            "CREATE FUNCTION %1$s_in(cstring) RETURNS %1$s IMMUTABLE STRICT LANGUAGE internal AS 'textin'"
                .formatted(type),
            "CREATE FUNCTION %1$s_out(%1$s) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'textout'"
                .formatted(type),
            "CREATE TYPE %1$s (INPUT = %1$s_in, OUTPUT = %1$s_out, TYPMOD_IN = bittypmodin, TYPMOD_OUT = bittypmodout, LIKE = text)"
                .formatted(type),
            """
            CREATE FUNCTION negative_product(one %1$s, two %1$s) RETURNS double precision
            LANGUAGE SQL AS $$
              SELECT -SUM(x * y) FROM unnest(
                string_to_array(trim(BOTH '[]' FROM one::text), ',')::double precision[],
                string_to_array(trim(BOTH '[]' FROM two::text), ',')::double precision[])
                AS pairs(x, y)
            $$
            """
                .formatted(type),
            "CREATE OPERATOR <#> (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = negative_product)"
                .formatted(type));
      }
      return target;
    }

    @Override
    protected void prepare(TestTarget created) throws Exception {
      created.execute(
          "ALTER TABLE RAG.SourceDocuments ADD CHECK (CAST(embedding AS text) LIKE '[%]')");
    }

    private VectorColumn column(String type) throws Exception {
      target.execute(
          "ALTER TABLE RAG.SourceDocuments DROP COLUMN embedding",
          "ALTER TABLE RAG.SourceDocuments ADD embedding " + type);
      return column();
    }

    private VectorColumn column() throws Exception {
      try (Connection connection = Database.connect(target.settings())) {
        return new TargetTables(
                target.settings().dialect(),
                TestGraphs.tables(target),
                target.in("RAG.DocumentLedger"))
            .vectors(connection);
      }
    }

    @Test
    void theColumnThatARunCreatesIsOneOfThem() throws Exception {
      assertThat(column().dimension(), is(MiniLm.DIMENSION));
      assertThat(column().isArray(), is(false));
    }

    @Test
    void aColumnHasItsDimensionAnyOrAnotherThatIsRefused() throws Exception {
      assertThat(column("vector").dimension(), is(0));
      assertThat(
          assertThrows(StoreException.Configuration.class, () -> column("vector(5)")).getMessage(),
          allOf(
              containsString("takes vectors of 5 numbers, but those of the embedding model have"),
              containsString("ADD embedding vector(384)")));
    }

    @Test
    void aVectorOfHalfPrecisionIsStoredAndFound() throws Exception {
      VectorColumn column = column("halfvec(384)");

      assertThat(column.index(), is("%s USING hnsw (embedding halfvec_ip_ops)"));
      theNearestTextsComeFirst(column);
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
