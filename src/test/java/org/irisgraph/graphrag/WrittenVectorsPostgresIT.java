package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Nested;

class WrittenVectorsPostgresIT extends WrittenVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.postgres();
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
  }
}
