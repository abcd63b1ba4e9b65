package org.irisgraph.ask;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;

class GraphQuestionsTest extends GraphQuestionsContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }

  @Test
  void namesTheTableThatIsMissing() throws Exception {
    try (TestTarget empty = TestTarget.h2();
        Connection connection = Database.connect(empty.settings())) {
      StoreException missing =
          assertThrows(
              StoreException.class,
              () ->
                  new GraphQuestions(
                      connection, Dialects.of("jdbc:h2:"), GraphTables.of("RAG"), "RAG"));

      assertThat(
          missing.getMessage(),
          is("there is no table RAG.SourceDocuments: run index first, or correct schema"));
    }
  }
}
