package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.UserCodeException;
import org.irisgraph.options.UsageException;
import org.junit.jupiter.api.Test;

class FailureMessageTest {

  @Test
  void namesTheFileOfAFullDisk() {
    assertThat(
        FailureMessage.of(
            new IllegalStateException(
                "Writing to async:/data/g.mv.db failed; length 1 at 2",
                new IOException("No space left on device"))),
        is("the disk is full: /data/g.mv.db"));
  }

  @Test
  void isTheRootCausesInsideTheRunnersWrappings() {
    Throwable failure =
        new Pipeline.PipelineExecutionException(
            UserCodeException.wrap(
                new ExecutionException(new ConnectException("Connection refused"))));

    assertThat(FailureMessage.of(failure), is("Connection refused"));
  }

  @Test
  void prefersOurOwnWords() {
    Throwable failure = new ExecutionException(new UsageException("cannot connect to jdbc:h2:x"));

    assertThat(FailureMessage.of(failure), is("cannot connect to jdbc:h2:x"));
  }

  @Test
  void isOneLine() {
    assertThat(
        FailureMessage.of(new IllegalStateException("first\n\tsecond\r\n")), is("first second"));
  }

  @Test
  void explainsABareName() {
    assertThat(FailureMessage.of(new NoSuchFileException("a.tsv")), is("no such file: a.tsv"));
    assertThat(FailureMessage.of(new UnknownHostException("iris")), is("unknown host: iris"));
  }

  @Test
  void namesTheCodesOfTheDatabase() {
    assertThat(
        FailureMessage.of(new SQLException("Access denied", "08S01", 417)),
        is("Access denied (SQLState 08S01, code 417)"));
  }

  @Test
  void pointsToCheckWhereTheTablesAreOfAnotherLayout() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE Ledger (id INT)");

      assertThat(
          FailureMessage.of(refusal(statement, "SELECT outcome FROM Ledger")),
          is(
              "Column \"OUTCOME\" not found: a table is missing or of another layout; \"check"
                  + " FILE.yaml\" says which, and what to do"));
      assertThat(
          FailureMessage.of(refusal(statement, "SELECT id FROM Nodes")),
          is(
              startsWith(
                  "Table \"NODES\" not found: a table is missing or of another layout; \"check")));
      assertThat(
          FailureMessage.of(refusal(statement, "SELECT 1 / 0")),
          is("Division by zero: \"1\" (SQLState 22012, code 22012)"));
    }
  }

  private static SQLException refusal(Statement statement, String sql) {
    return assertThrows(SQLException.class, () -> statement.executeQuery(sql));
  }

  @Test
  void saysSomethingWithoutAMessage() {
    assertThat(
        FailureMessage.of(new IllegalStateException()),
        is("IllegalStateException without a message; --stacktrace shows where"));
  }

  @Test
  void endsOnARingOfCauses() {
    Exception first = new IllegalStateException("first");
    Exception second = new IllegalStateException("second", first);
    first.initCause(second);

    assertThat(FailureMessage.of(first), is(oneOf("first", "second")));
  }
}
