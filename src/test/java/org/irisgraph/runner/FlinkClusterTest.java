package org.irisgraph.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.options.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages about a wrong {@code flinkMaster}; {@link FlinkClusterIT} has a right one. */
class FlinkClusterTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "flink:8082, http://flink:8082",
    "flink, http://flink:8081",
    "http://flink:8082/, http://flink:8082",
    "[::1]:8081, http://[::1]:8081"
  })
  void isAtTheAddressOfItsRestInterface(String master, String address) {
    assertThat(FlinkMaster.parse(master).url(), is(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink:port", "a b", "local]", "", "https://flink:8081", "flink:70000"})
  void isNotAtWhatIsNoAddress(String master) {
    UsageException refusal = assertThrows(UsageException.class, () -> FlinkMaster.parse(master));

    assertThat(refusal.getMessage(), containsString("flinkMaster must be host:port"));
  }

  @Test
  void isMissedAtAnUnknownHost() {
    FlinkMaster master = FlinkMaster.parse("no-such-host.invalid:8081");

    assertThat(
        assertThrows(ClusterJobs.ClusterException.class, () -> ClusterJobs.connect(master, 2))
            .getMessage(),
        containsString("no Flink cluster answers at http://no-such-host.invalid:8081"));
  }

  @Test
  void isMissedWhereNothingAnswers() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(
        refusal(port), containsString("no Flink cluster answers at http://127.0.0.1:" + port));
  }

  @Test
  void isNotTakenForAnotherServer() throws IOException {
    assertThat(refusalOf("{}"), containsString("what answers is no Flink cluster"));
    assertThat(refusalOf("<html>"), containsString("no Flink cluster answers"));
  }

  @Test
  void isAskedAgainLaterWhileItStarts() throws IOException {
    assertThat(
        refusalOf(
            503,
            """
            {"errors":["Service temporarily unavailable due to an ongoing leader election."]}\
            """),
        containsString("(it is starting, or electing a leader: try again in a moment)"));
  }

  @Test
  void isOfTheVersionThatTheProgramIsMadeFor() throws IOException {
    assertThat(
        refusalOf(
            """
            {"taskmanagers":1,"taskmanagers-blocked":0,"slots-total":4,"slots-available":4,
             "slots-free-and-blocked":0,"jobs-running":0,"jobs-finished":0,"jobs-cancelled":0,
             "jobs-failed":0,"flink-version":"1.18.1","flink-commit":"a8c8b1c"}\
            """),
        allOf(containsString("has version 1.18.1"), containsString("made for 1.19")));
  }

  @Test
  void isGivenTheJarBesideTheProgram() throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));

    UsageException refusal = assertThrows(UsageException.class, () -> BundledJar.beside(classes));
    assertThat(refusal.getMessage(), containsString("mvn package"));

    Path jar = Files.createFile(directory.resolve(BundledJar.NAME));
    assertThat(BundledJar.beside(classes), is(jar));
    assertThat(BundledJar.beside(jar), is(jar));
  }

  /** What is said of a server that gives this answer to everything. */
  private static String refusalOf(String answer) throws IOException {
    return refusalOf(200, answer);
  }

  private static String refusalOf(int status, String answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      return refusal(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static String refusal(int port) {
    FlinkMaster master = FlinkMaster.parse("127.0.0.1:" + port);
    return assertThrows(ClusterJobs.ClusterException.class, () -> ClusterJobs.connect(master, 2))
        .getMessage();
  }
}
