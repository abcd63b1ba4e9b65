package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why there is no connection. */
class ConnectAttemptsTest {

  private static final String UNSAID = "The connection attempt failed.";

  private static String reason(String url, String message, Throwable cause) {
    return ConnectAttempts.reason(
        new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1),
        new SQLException(message, "08001", cause));
  }

  @Test
  void saysWhatTheDriverLeavesToItsCause() {
    String url = "jdbc:postgresql://graphs/x";

    assertThat(
        reason(url, UNSAID, new UnknownHostException("graphs")),
        is("unknown host graphs; start the server, or correct jdbcUrl"));
    assertThat(
        reason(url, UNSAID, new SocketTimeoutException("Connect timed out")),
        is("no answer; start the server, or correct jdbcUrl"));
    assertThat(
        reason(url, "Connection refused.", new IOException()),
        is("Connection refused; start the server, or correct jdbcUrl"));
  }

  @Test
  void namesTheFullDiskOfAnEmbeddedDatabase() {
    assertThat(
        reason(
            "jdbc:h2:./graph",
            "General error: \"Writing to async:/d/graph.mv.db failed; length 4096 at 8192\"",
            new IOException("No space left on device")),
        is(
            "the disk of the database is full: /d/graph.mv.db; free space, and run the same command"
                + " again"));
  }
}
