package org.irisgraph.iris;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.irisgraph.jdbc.Database;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes a report: what the server is, and the outcome and duration of each test. It has neither
 * passwords nor the address of the server.
 */
final class IrisReport implements BeforeEachCallback, TestWatcher {

  /** Special variables of IRIS SQL. */
  private static final List<String> FACTS = List.of("$ZVERSION", "$NAMESPACE", "$USERNAME");

  private static final List<String> HINTS = List.of("%NOLOCK", "%NOCHECK", "%NOINDEX");

  /** More than the Community Edition is said to have. */
  private static final int CONNECTIONS = 10;

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(IrisReport.class);

  private final Path file;
  private ServerAddress address;

  IrisReport(Path file) {
    this.file = file;
  }

  /** Begins the report. */
  void describe(TestTarget server) throws SQLException, IOException {
    address = ServerAddress.of(server.settings().jdbcUrl());
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    try (Connection connection = Database.connect(server.settings())) {
      write(
          "product",
          connection.getMetaData().getDatabaseProductName()
              + " "
              + connection.getMetaData().getDatabaseProductVersion());
      write("driver", connection.getMetaData().getDriverVersion());
      write("edition", server.settings().dialect().edition(connection).orElse("not known"));
      OptionalInt threshold = server.settings().dialect().lockThreshold(connection);
      write(
          "LockThreshold",
          threshold.isPresent() ? String.valueOf(threshold.getAsInt()) : "not known");
    }
    for (String fact : FACTS) {
      write(fact, factOf(server, fact));
    }
    describePrivileges(server);
  }

  /** What the user may do, found by doing it. */
  private void describePrivileges(TestTarget server) throws SQLException {
    server.clearSchema("T");
    attempt(server, "CREATE TABLE", "CREATE TABLE T.Allowed (id VARCHAR(20) PRIMARY KEY)");
    for (String hint : HINTS) {
      attempt(server, hint, "INSERT %s INTO T.Allowed (id) VALUES ('%s')".formatted(hint, hint));
    }
    attempt(server, "%BUILD_INDEX", "BUILD INDEX FOR TABLE T.Allowed");
    attempt(server, "%CREATE_VIEW", "CREATE VIEW T.Viewed AS SELECT id AS id FROM T.Allowed");
  }

  private void attempt(TestTarget server, String privilege, String sql) {
    try {
      server.execute(sql);
      write("privilege " + privilege, "granted");
    } catch (SQLException e) {
      write("privilege " + privilege, "not granted: " + e.getMessage());
    }
  }

  private static String factOf(TestTarget server, String fact) {
    try {
      return String.join(", ", server.rows("SELECT " + fact));
    } catch (SQLException e) {
      return "not known: " + e.getMessage();
    }
  }

  /** Ends the report with what the licence allows. */
  void describeConnections(TestTarget server) throws SQLException {
    List<Connection> open = new ArrayList<>();
    try {
      while (open.size() < CONNECTIONS) {
        open.add(Database.connect(server.settings()));
      }
      write("connections", "at least %d besides one".formatted(CONNECTIONS));
    } catch (SQLException e) {
      write("connections", "%d besides one, then: %s".formatted(open.size(), e.getMessage()));
    } finally {
      for (Connection connection : open) {
        connection.close();
      }
    }
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    test.getStore(NAMESPACE).put("start", System.nanoTime());
  }

  @Override
  public void testSuccessful(ExtensionContext test) {
    write(test, "passed");
  }

  @Override
  public void testFailed(ExtensionContext test, Throwable cause) {
    write(test, "FAILED: " + cause);
  }

  @Override
  public void testAborted(ExtensionContext test, Throwable cause) {
    write(test, "skipped: " + cause);
  }

  @Override
  public void testDisabled(ExtensionContext test, Optional<String> reason) {
    write(test, "skipped: " + reason.orElse("disabled"));
  }

  private void write(ExtensionContext test, String outcome) {
    Long start = test.getStore(NAMESPACE).get("start", Long.class);
    String seconds =
        start == null
            ? ""
            : String.format(Locale.ROOT, "%.1f s, ", (System.nanoTime() - start) / 1e9);
    write(nameOf(test), seconds + outcome);
  }

  /**
   * As in {@code RowsOfOthers > B > replacesTheRowsOfOthers(boolean) > [1] indexedBefore=false}.
   */
  private static String nameOf(ExtensionContext test) {
    Deque<String> names = new ArrayDeque<>();
    for (ExtensionContext context = test;
        context.getTestClass().isPresent();
        context = context.getParent().orElseThrow()) {
      names.addFirst(context.getDisplayName());
    }
    return names.stream().skip(1).collect(Collectors.joining(" > "));
  }

  private void write(String what, String value) {
    try {
      Files.writeString(
          file,
          "%s: %s%n".formatted(what, address.removeFrom(value.lines().findFirst().orElse(""))),
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
