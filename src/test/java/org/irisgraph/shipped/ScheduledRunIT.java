package org.irisgraph.shipped;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.TestCorpus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the examples, run as they are written, in a process of their own with nothing but
 * the environment that the scheduler gives. Only places differ: every absolute path lies below a
 * scratch directory, and IRIS is the stand-in that speaks its protocol.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class ScheduledRunIT {

  private static final long SECONDS_OF_A_RUN = 180;
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path root;
  private IrisWireServer server;

  @BeforeEach
  void install() throws Exception {
    server = IrisWireServer.start();
    TestCorpus.writeTo(root.resolve("srv/iris-graph-indexer/corpus"));
    Files.createDirectories(root.resolve("var/lib/iris-graph-indexer"));
    Path pipelines = Files.createDirectories(program().resolve("pipelines"));
    Files.writeString(
        pipelines.resolve("scheduled.yaml"), moved(Files.readString(ScheduleExamples.SETTINGS)));
    for (String shipped :
        List.of(
            "bin", "target", "runner-configs", "pipelines/dictionaries", "pipelines/patterns")) {
      Files.createSymbolicLink(program().resolve(shipped), Path.of(shipped).toAbsolutePath());
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void theServiceIndexesTheCorpus() throws Exception {
    UnitFile service = UnitFile.read(ScheduleExamples.SERVICE);
    Path credentials = Files.createDirectories(root.resolve("credentials"));
    writePassword(credentials.resolve(service.get("LoadCredential").replaceFirst(":.*", "")));
    // What systemd gives to every service.
    Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/local/bin:/usr/bin"));
    environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
    addAssignment(service.get("Environment"), environment);

    int exitCode =
        run(moved(service.get("WorkingDirectory")), service.command(environment), environment);

    assertThat(
        List.of(service.get("SuccessExitStatus").split(" ", -1)).contains("" + exitCode), is(true));
    assertThatTheCorpusIsIndexed(exitCode);
  }

  @Test
  void theLineOfTheCrontabIndexesTheCorpus() throws Exception {
    writePassword(root.resolve("etc/iris-graph-indexer/iris-password"));
    // What cron gives to every job.
    Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    for (String line : Files.readAllLines(ScheduleExamples.CRON)) {
      if (line.matches("[A-Z_]+=.*")) {
        addAssignment(line, environment);
      }
    }

    int exitCode =
        run(
            root.toString(),
            List.of(environment.get("SHELL"), "-c", ScheduleExamples.cronFields().get(6)),
            environment);

    assertThatTheCorpusIsIndexed(exitCode);
    Path log = root.resolve("var/lib/iris-graph-indexer/index.log");
    for (String line : Files.readAllLines(log)) {
      assertThat(line, new ObjectMapper().readTree(line).isObject(), is(true));
    }
  }

  @Test
  void theContainerIndexesTheCorpus() throws Exception {
    writePassword(root.resolve("etc/iris-graph-indexer/iris-password"));
    List<String> command = new ArrayList<>(ScheduleExamples.entryPoint());
    command.addAll(
        ScheduleExamples.cronJob(Files.readString(ScheduleExamples.CRON_JOB))
            .getSpec()
            .getJobTemplate()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getArgs());
    command.set(0, JAVA);
    Map<String, String> environment = new HashMap<>();
    addAssignment(ScheduleExamples.instructions("ENV").get(0), environment);

    int exitCode =
        run(moved(ScheduleExamples.instructions("WORKDIR").get(1)), command, environment);

    assertThatTheCorpusIsIndexed(exitCode);
  }

  private void assertThatTheCorpusIsIndexed(int exitCode) throws Exception {
    assertThat(output(), exitCode, is(3));
    try (IndexingRun tables = new IndexingRun(root, options -> {}, server.backingConnection())) {
      assertThat(
          tables.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"),
          is(List.of("" + TestCorpus.GOOD)));
    }
    Path state = root.resolve("var/lib/iris-graph-indexer");
    assertThat(
        new ObjectMapper()
            .readTree(state.resolve("summary.json").toFile())
            .at("/documents/indexed")
            .asInt(),
        is(TestCorpus.GOOD));
    try (Stream<Path> deadLetters = Files.list(state.resolve("dead-letters"))) {
      assertThat(deadLetters.count(), is(1L));
    }
  }

  private int run(String directory, List<String> command, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(this::moved).toList())
            .directory(Path.of(directory).toFile())
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("output.txt").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process run = builder.start();
    boolean ended = run.waitFor(SECONDS_OF_A_RUN, TimeUnit.SECONDS);
    run.destroyForcibly().waitFor();
    assertThat(output(), ended, is(true));
    return run.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(root.resolve("output.txt"));
  }

  private void writePassword(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    // With the line break that an editor leaves.
    Files.writeString(file, server.password() + "\n");
  }

  private static void addAssignment(String assignment, Map<String, String> environment) {
    String[] parts = assignment.split("=", 2);
    environment.put(parts[0], parts[1]);
  }

  private Path program() {
    return root.resolve("opt/iris-graph-indexer");
  }

  /** The same text with the places of this test. */
  private String moved(String text) {
    return text.replaceAll(
            "/(opt|srv|etc|var/lib)/iris-graph-indexer",
            Matcher.quoteReplacement(root.toString()) + "$0")
        .replaceAll("//(localhost|iris):1972/", "//127.0.0.1:" + server.port() + "/");
  }
}
