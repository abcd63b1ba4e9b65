package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The suite for a real IRIS on the stand-in, as if that were one. The contracts that other tests
 * run on the stand-in are left out.
 */
@ExtendWith(IrisSuiteIT.NotRunElsewhere.class)
@Tag("slow")
class IrisSuiteIT extends IrisSuite {

  private static final Path REPORT = Path.of("target/iris-suite-report.txt");

  private Path password;
  private IrisWireServer server;

  IrisSuiteIT() {
    super(REPORT);
  }

  @Override
  TestTarget connect() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    password = Files.writeString(Files.createTempFile("password", ""), server.password());
    // The tests' own connection sends what the program never sends.
    server.acceptAnyStatement();
    TestTarget target =
        RealIris.at(
            server.jdbcUrl(),
            server.user(),
            PasswordReference.of("file:" + password),
            this::checkAndClose);
    server.checkStatements();
    return target;
  }

  private void checkAndClose() throws IOException {
    try {
      List<String> left = new ArrayList<>();
      try (Connection behind = server.backingConnection();
          ResultSet tables =
              behind
                  .createStatement()
                  .executeQuery(
                      "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                          + " WHERE TABLE_SCHEMA LIKE 'IGI%'")) {
        while (tables.next()) {
          left.add(tables.getString(1));
        }
      }
      server.close();
      assertThat("tables that stay on the server", left, is(empty()));
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      Files.delete(password);
    }
  }

  @AfterAll
  static void reports() throws Exception {
    assertThat(
        Files.readString(REPORT),
        allOf(
            containsString("LockThreshold: 1000"),
            containsString("edition: "),
            containsString("privilege %NOINDEX: granted"),
            containsString("privilege %CREATE_VIEW: granted"),
            containsString("Lease > goesToOneRunAndThenToTheNext()"),
            containsString("passed"),
            not(containsString("127.0.0.1"))));
  }

  static final class NotRunElsewhere implements ExecutionCondition {

    private static final Set<String> RUN =
        Set.of(
            "IrisSuiteIT",
            "WholeRuns",
            "Lease",
            "LinkedGraph",
            "PublishedGraph",
            "VectorsOfNodes",
            "Vectors",
            "NewVectors");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getTestClass().map(Class::getSimpleName).filter(RUN::contains).isPresent()
          ? ConditionEvaluationResult.enabled("only here")
          : ConditionEvaluationResult.disabled("other tests run it on the stand-in");
    }
  }
}
