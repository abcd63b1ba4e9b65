package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTableTest {

  private static final Dialect POSTGRESQL = Dialects.of("jdbc:postgresql://host/db");
  private static final Dialect H2 = Dialects.of("jdbc:h2:mem:");
  private static final Dialect IRIS = Dialects.of("jdbc:IRIS://host:1972/USER");

  static List<ErrorTable.Entry> entries() {
    return ErrorTable.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void reachesEachRowOfTheTable(ErrorTable.Entry entry) {
    SQLException exception =
        switch (entry.database()) {
          case ErrorTable.H2 ->
              new SQLException("message", entry.code(), Integer.parseInt(entry.code()));
          // The driver gives the same state for most errors.
          case ErrorTable.IRIS ->
              new SQLException("message", "S1000", Integer.parseInt(entry.code()));
          default -> new SQLException("message", (entry.code() + "000").substring(0, 5));
        };
    Dialect dialect =
        switch (entry.database()) {
          case ErrorTable.H2, ErrorTable.STANDARD -> H2;
          case ErrorTable.IRIS -> IRIS;
          default -> POSTGRESQL;
        };

    assertThat(dialect.classify(exception), is(entry.errorClass()));
    assertThat(entry.source(), not(blankOrNullString()));
  }

  static List<ErrorTable.Entry> entriesOfH2() {
    return entries().stream().filter(entry -> entry.database().equals(ErrorTable.H2)).toList();
  }

  @ParameterizedTest
  @MethodSource("entriesOfH2")
  void namesErrorsAsH2Does(ErrorTable.Entry entry) throws Exception {
    int code = ErrorCode.class.getField(entry.meaning()).getInt(null);

    assertThat(String.valueOf(code), is(entry.code()));
  }

  @ParameterizedTest
  @CsvSource({
    "25006, TRANSIENT",
    "53100, CONFIGURATION",
    "53300, TRANSIENT",
    "57P01, TRANSIENT",
    "57P03, TRANSIENT",
    "40P01, TRANSIENT",
    "22P05, BAD_DATA",
    "23505, BAD_DATA",
    "54000, BAD_DATA",
    "28P01, CONFIGURATION",
    "42501, CONFIGURATION",
    "57P04, CONFIGURATION",
    "P0001, UNKNOWN",
    "XX000, UNKNOWN"
  })
  void classifiesErrorsOfPostgresql(String state, ErrorClass expected) {
    assertThat(POSTGRESQL.classify(new SQLException("message", state)), is(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "110, TRANSIENT",
    "114, TRANSIENT",
    "461, TRANSIENT",
    "104, BAD_DATA",
    "108, BAD_DATA",
    "119, BAD_DATA",
    "1, CONFIGURATION",
    "30, CONFIGURATION",
    "99, CONFIGURATION",
    "402, CONFIGURATION",
    "417, CONFIGURATION"
  })
  void classifiesErrorsOfIris(int code, ErrorClass expected) {
    assertThat(IRIS.classify(new SQLException("message", "S1000", code)), is(expected));
  }

  @Test
  void knowsWhenPostgresqlHasNoFreeConnection() {
    assertThat(POSTGRESQL.isConnectionLimit(new SQLException("message", "53300")), is(true));
    assertThat(POSTGRESQL.isConnectionLimit(new SQLException("message", "53400")), is(false));
  }

  @Test
  void waitsForALicenceAndForTheDiskOfIris() {
    for (String message :
        List.of("License limit exceeded", "SQLCODE -400: <DISKHARD>insert+3^User.T.1")) {
      assertThat(IRIS.classify(new SQLException(message, "S1000", 400)), is(ErrorClass.TRANSIENT));
    }
  }

  /** The messages are those of H2 and PostgreSQL on a full tmpfs. */
  @Test
  void doesNotWaitForSpaceOnAFullDisk() {
    SQLException ofH2 =
        new SQLException(
            "General error: \"org.h2.mvstore.MVStoreException: Writing to async:/data/g.mv.db"
                + " failed; length 106496 at 24498176 [2.3.232/2]\"; SQL statement:\n"
                + "COMMIT [50000-232]",
            "HY000",
            50000,
            DataUtils.newMVStoreException(
                DataUtils.ERROR_WRITING_FAILED,
                "Writing to {0} failed; length {1} at {2}",
                "async:/data/g.mv.db",
                106496,
                24498176L,
                new IOException(new IOException("No space left on device"))));
    // As H2 throws it for the rows of a batch: without a cause.
    SQLException ofBatch =
        new BatchUpdateException(
            ofH2.getMessage(), ofH2.getSQLState(), ofH2.getErrorCode(), new int[1]);
    ofBatch.setNextException(ofH2);
    SQLException ofPostgresql =
        new SQLException(
            "ERROR: could not extend file \"base/5/16384\": No space left on device", "53100");
    SQLException ofIris =
        new SQLException("SQLCODE -400: <FILEFULL>insert+3^User.T.1", "S1000", 400);

    assertThat(ErrorClassifier.ofCommit(H2, ofH2), is(ErrorClass.CONFIGURATION));
    assertThat(H2.classify(ofBatch), is(ErrorClass.CONFIGURATION));
    assertThat(POSTGRESQL.classify(ofPostgresql), is(ErrorClass.CONFIGURATION));
    assertThat(IRIS.classify(ofIris), is(ErrorClass.CONFIGURATION));
    assertThat(
        ErrorClassifier.refusal(ofH2),
        is(
            "the disk of the database is full: /data/g.mv.db; free space, and run the same command"
                + " again"));
    assertThat(
        ErrorClassifier.refusal(ofPostgresql),
        startsWith("the disk of the database is full: base/5/16384; "));
    assertThat(
        ErrorClassifier.refusal(ofIris),
        startsWith("the disk of the database is full: SQLCODE -400: <FILEFULL>"));
  }

  @Test
  void takesNoRowThatQuotesTheMessageForAFullDisk() {
    SQLException ofH2 =
        new SQLException(
            "Unique index or primary key violation: \"PRIMARY KEY ON T.A(ID) ( /* key:1 */ 'No"
                + " space left on device')\"",
            "23505",
            23505);
    SQLException ofIris =
        new SQLException(
            "Field(s) Name=\"No space left on device\"; failed unique check", "S1000", 119);

    assertThat(H2.classify(ofH2), is(ErrorClass.BAD_DATA));
    assertThat(IRIS.classify(ofIris), is(ErrorClass.BAD_DATA));
  }

  @Test
  void doesNotKnowTheMeaningOfIrisStates() {
    assertThat(IRIS.classify(new SQLException("message", "S1000", 400)), is(ErrorClass.UNKNOWN));
  }
}
