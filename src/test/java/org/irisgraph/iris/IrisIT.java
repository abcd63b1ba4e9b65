package org.irisgraph.iris;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.irisgraph.lease.LeaseContract;
import org.irisgraph.run.WholeRunContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs what runs on the stand-in for IRIS on a real one, if there is one: the sink, the lease, and
 * whole runs. Writes a report to target/iris-report.txt.
 */
@ExtendWith(IrisReport.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class IrisIT {

  private static final String HOW_TO_RUN =
      "IrisIT skipped: no real IRIS. Start Docker, or set IRIS_URL=jdbc:IRIS://HOST:1972/NAMESPACE,"
          + " IRIS_USER (default _SYSTEM) and IRIS_PASSWORD; then: mvn test -Dtest=IrisIT";

  private static final int TABLE_NOT_FOUND = 30;

  private static TestTarget iris;

  @BeforeAll
  static void findServer() throws Exception {
    Optional<TestTarget> found = RealIris.find();
    print(found.map(server -> "IrisIT runs on " + server.settings()).orElse(HOW_TO_RUN));
    assumeTrue(found.isPresent(), HOW_TO_RUN);
    iris = found.get();
    IrisReport.describe(iris);
  }

  @AfterAll
  static void closeServer() throws Exception {
    if (iris != null) {
      try {
        withoutTables();
        iris.clearSchema(RealIris.SCHEMA);
        IrisReport.describeConnections(iris);
      } finally {
        iris.close();
      }
    }
  }

  private static TestTarget withoutTables() throws SQLException {
    for (String table : List.of("T.Links", "T.Items", "T.Parcels")) {
      try {
        iris.execute("DROP TABLE " + table);
      } catch (SQLException e) {
        if (e.getErrorCode() != TABLE_NOT_FOUND) {
          throw e;
        }
      }
    }
    return iris;
  }

  /** Bypasses System.out, which the build redirects to a file, so that a skip is noticed. */
  private static void print(String line) {
    PrintStream console =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    console.println(line);
  }

  @Nested
  class WholeRuns extends WholeRunContract {

    @Override
    protected TestTarget target() {
      return iris;
    }

    @Override
    protected String schema() {
      return RealIris.SCHEMA;
    }
  }

  @Nested
  class Lease extends LeaseContract {

    @Override
    protected TestTarget target() {
      return iris;
    }

    @Override
    protected String schema() {
      return RealIris.SCHEMA;
    }
  }

  @Nested
  class Storage extends BatchStorageContract {

    @Override
    TestTarget open() throws Exception {
      return withoutTables();
    }

    @Override
    void release(TestTarget used) {}
  }

  @Nested
  class BadRows extends BadRowContract {

    @Override
    TestTarget open() throws Exception {
      return withoutTables();
    }

    @Override
    void release(TestTarget used) {}
  }
}
