package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Nested;

class WrittenVectorsPostgresIT extends WrittenVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.postgres();
  }

  /** The server has no pgvector: a type of its name stands in, whose values are texts. */
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
          "ALTER TABLE RAG.SourceDocuments ALTER COLUMN embedding TYPE vector USING NULL");
    }
  }
}
