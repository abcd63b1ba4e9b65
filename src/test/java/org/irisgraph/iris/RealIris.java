package org.irisgraph.iris;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.RetryPolicy;
import org.joda.time.Duration;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real IRIS server: the one at {@code IRIS_URL}, otherwise a container of the Community Edition.
 *
 * <p>The tests create and drop schemas with names of their own.
 */
final class RealIris {

  private static final String IMAGE = "intersystemsdc/iris-community:latest";
  private static final int PORT = 1972;
  private static final String USER = "_SYSTEM";
  private static final Duration START_UP = Duration.standardMinutes(3);

  /** Community Edition allows about five connections in all. */
  private static final int WRITERS = 2;

  /** Begins the names of all schemas; new for each JVM, so that nobody's tables are touched. */
  private static final String PREFIX = "IGI" + UUID.randomUUID().toString().replace("-", "");

  private RealIris() {}

  /** The server, or none if neither is there. */
  static Optional<TestTarget> find() throws Exception {
    String url = System.getenv("IRIS_URL");
    if (url != null) {
      String user = System.getenv().getOrDefault("IRIS_USER", USER);
      return Optional.of(at(url, user, PasswordReference.of("env:IRIS_PASSWORD"), () -> {}));
    }
    // Without this, it logs stack traces of its vain search for Docker.
    logger("org.testcontainers").setLevel(Level.OFF);
    logger("com.github.dockerjava").setLevel(Level.WARN);
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.of(inContainer())
        : Optional.empty();
  }

  /** The server at an address. */
  static TestTarget at(String url, String user, PasswordReference password, Closeable server)
      throws SQLException {
    return TestTarget.realIris("IRIS", settings(url, user, password), server, PREFIX);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  private static TestTarget inContainer() throws Exception {
    GenericContainer<?> container = new GenericContainer<>(IMAGE);
    container
        .withExposedPorts(PORT)
        .waitingFor(Wait.forLogMessage(".*Enabling logons.*", 1))
        .withStartupTimeout(java.time.Duration.ofMillis(START_UP.getMillis()));
    Path password = Files.createTempFile("password", "");
    try {
      container.start();
      Files.writeString(password, "SYS");
      String url =
          "jdbc:IRIS://%s:%d/USER".formatted(container.getHost(), container.getMappedPort(PORT));
      ConnectionSettings settings = settings(url, USER, PasswordReference.of("file:" + password));
      return connect(
          container,
          settings,
          () -> {
            container.stop();
            Files.delete(password);
          });
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      container.stop();
      throw e;
    }
  }

  /** Unexpires the initial passwords; retries, since a new server may report ready too early. */
  private static TestTarget connect(
      GenericContainer<?> container, ConnectionSettings settings, Closeable server)
      throws IOException, SQLException, InterruptedException {
    RetryPolicy.Delays delays = new RetryPolicy(START_UP).start(new RetryPolicy.Outage());
    while (true) {
      container.execInContainer(
          "iris",
          "session",
          "iris",
          "-U",
          "%SYS",
          "##class(Security.Users).UnExpireUserPasswords(\"*\")");
      try {
        return TestTarget.realIris("IRIS in a container", settings, server, PREFIX);
      } catch (SQLException e) {
        if (!delays.sleep()) {
          throw e;
        }
      }
    }
  }

  private static ConnectionSettings settings(String url, String user, PasswordReference password) {
    return new ConnectionSettings(url, user, password, Map.of(), WRITERS);
  }
}
