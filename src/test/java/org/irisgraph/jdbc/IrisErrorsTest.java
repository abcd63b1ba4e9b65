package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors of IRIS mean; the driver gives SQLCODE as a positive error code. */
class IrisErrorsTest {

  private final Dialect dialect = Dialects.of("jdbc:IRIS://localhost:1972/USER");

  @ParameterizedTest
  @CsvSource({
    "Fatal error occurred <SUBSCRIPT>zInsert+3^RAG.Entities.1, BAD_DATA, KEY_TOO_LONG",
    "Fatal error occurred <MAXSTRING>zInsert+3^RAG.Documents.1, BAD_DATA, TOO_LONG",
    "Fatal error occurred <STORE>zInsert+3^RAG.Entities.1, UNKNOWN, 400"
  })
  void aFatalErrorIsARowsFaultOnlyIfAValueIsTooLong(
      String message, ErrorClass errorClass, String code) {
    SQLException exception = new SQLException(message, "S1000", 400);

    assertThat(dialect.classify(exception), is(errorClass));
    assertThat(dialect.code(exception), is(code));
  }

  @Test
  void aUsedUpLicenceIsWaitedFor() {
    SQLException cause = new SQLException("License limit exceeded", "S1000", 417);
    SQLException refused =
        new SQLException("Communication link failure: License limit exceeded", "08S01", 461, cause);

    assertThat(dialect.isConnectionLimit(refused), is(true));
    assertThat(ErrorClassifier.ofConnect(dialect, refused), is(ErrorClass.TRANSIENT));
  }
}
