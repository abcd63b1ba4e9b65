package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ErrorClassifierTest {

  /** PostgreSQL's driver names the entry of the batch and then how to find what follows. */
  @Test
  void describesWhatFailedInABatchAlone() {
    BatchUpdateException failure =
        new BatchUpdateException(
            "Batch entry 0 <unknown> was aborted: ERROR: syntax error at or near \"order\"  Call"
                + " getNextException to see other errors in the batch.",
            "42601",
            0,
            new int[] {Statement.EXECUTE_FAILED},
            new SQLException("ERROR: syntax error at or near \"order\"", "42601"));

    assertThat(
        ErrorClassifier.refusal(failure),
        is(
            "the database refuses: ERROR: syntax error at or near \"order\" (code 0, SQLState"
                + " 42601)"));
  }
}
