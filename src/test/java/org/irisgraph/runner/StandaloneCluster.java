package org.irisgraph.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A Flink cluster as people have it: a JobManager and TaskManagers in JVMs of their own, on
 * loopback, with Flink's libraries and nothing of this project on their class path. There is no
 * distribution of Flink in Maven's repository, so that what its start scripts do is done here.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /** What a distribution of Flink has in its lib directory, and its logging. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "/(flink-|kryo-|minlog-|objenesis-|chill-java-|commons-(cli|collections|compress|io|lang3"
              + "|math3|text)-|javassist-|lz4-java-|snakeyaml-engine-|snappy-java-|async-profiler-"
              + "|jsr305-|slf4j-api-|logback-)[^/]*\\.jar$");

  private static final long SECONDS_TO_START = 90;
  private static final long SECONDS_OF_A_JOB = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, String> environment;
  private final int restPort;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> taskManagers = new ArrayList<>();
  private Process jobManager;
  private int started;

  private StandaloneCluster(Path directory, Map<String, String> environment, int restPort) {
    this.directory = directory;
    this.environment = environment;
    this.restPort = restPort;
  }

  /**
   * Starts a cluster and waits until it is ready.
   *
   * @param directory for configuration and logs
   * @param taskManagers how many, each with two slots
   * @param environment what only the cluster's processes know
   */
  static StandaloneCluster start(Path directory, int taskManagers, Map<String, String> environment)
      throws Exception {
    int restPort = freePort();
    StandaloneCluster cluster = new StandaloneCluster(directory, environment, restPort);
    cluster.configure();
    try {
      cluster.startJobManager();
      for (int i = 0; i < taskManagers; i++) {
        cluster.startTaskManager();
      }
      cluster.awaitTaskManagers(taskManagers);
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** For {@code --flinkMaster}. */
  String master() {
    return "127.0.0.1:" + restPort;
  }

  void startJobManager() throws IOException {
    jobManager = startProcess(JOB_MANAGER, "-Xmx512m");
  }

  void startTaskManager() throws IOException {
    taskManagers.add(startProcess(TASK_MANAGER, "-Xmx512m"));
  }

  /** SIGKILL; the cluster notices by itself. */
  void killJobManager() throws InterruptedException {
    jobManager.destroyForcibly().waitFor();
  }

  /** SIGKILL to the one that was started last. */
  void killTaskManager() throws InterruptedException {
    taskManagers.remove(taskManagers.size() - 1).destroyForcibly().waitFor();
  }

  /** Waits until so many are registered. */
  void awaitTaskManagers(int number) throws Exception {
    await(
        number + " TaskManagers",
        SECONDS_TO_START,
        () -> get("/overview").path("taskmanagers").asInt() == number);
  }

  /** What the REST interface answers to a path. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build());
  }

  /** Uploads a jar and gives the id under which it can be run. */
  String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "part-of-the-form";
    HttpRequest.BodyPublisher form =
        HttpRequest.BodyPublishers.concat(
            HttpRequest.BodyPublishers.ofString(
                String.join(
                    "\r\n",
                    "--" + boundary,
                    "Content-Disposition: form-data; name=\"jarfile\"; filename=\"indexer.jar\"",
                    "Content-Type: application/x-java-archive",
                    "",
                    "")),
            HttpRequest.BodyPublishers.ofFile(jar),
            HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    JsonNode answer = post("/jars/upload", "multipart/form-data; boundary=" + boundary, form);
    return Path.of(answer.path("filename").asText()).getFileName().toString();
  }

  /** Runs the main method of an uploaded jar; gives the job's id or the errors. */
  JsonNode run(String jar, List<String> arguments) throws IOException, InterruptedException {
    return post(
        "/jars/" + jar + "/run",
        "application/json",
        HttpRequest.BodyPublishers.ofString(
            JSON.writeValueAsString(Map.of("programArgsList", arguments))));
  }

  /** Waits until a job has come to an end, which is to be this one. */
  void awaitState(String jobId, String state) throws Exception {
    await(
        "job that is " + state,
        SECONDS_OF_A_JOB,
        () -> get("/jobs/" + jobId).path("state").asText().equals(state));
  }

  private JsonNode post(String path, String contentType, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", contentType)
            .timeout(Duration.ofSeconds(60))
            .POST(body)
            .build());
  }

  private URI uri(String path) {
    return URI.create("http://" + master() + path);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** All that the cluster's processes have said so far. */
  String output() throws IOException {
    StringBuilder output = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".log")).sorted().toList()) {
        output.append(file.getFileName()).append(":\n").append(Files.readString(file));
      }
    }
    return output.toString();
  }

  /**
   * Waits, as long as all processes of the cluster live, for a condition; an exception means that
   * it does not hold yet.
   */
  void await(String what, long seconds, Callable<Boolean> condition) throws IOException {
    try {
      Awaitility.await(what)
          .atMost(seconds, TimeUnit.SECONDS)
          .pollInterval(100, TimeUnit.MILLISECONDS)
          .ignoreExceptions()
          .failFast(
              "a process of the cluster has ended", () -> !processes().allMatch(Process::isAlive))
          .until(condition);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw new AssertionError("no %s within %d s\n%s".formatted(what, seconds, output()), e);
    }
  }

  private Stream<Process> processes() {
    return Stream.concat(Stream.ofNullable(jobManager), taskManagers.stream());
  }

  private void configure() throws IOException {
    Files.createDirectories(directory.resolve("lib/org/irisgraph/runner"));
    Files.copy(
        Path.of("target/test-classes/org/irisgraph/runner/EndsWithParent.class"),
        directory.resolve("lib/org/irisgraph/runner/EndsWithParent.class"));
    Files.writeString(
        directory.resolve("lib/logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="out"/></root>
        </configuration>
        """);
    Files.writeString(
        directory.resolve("flink-conf.yaml"),
        """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.bind-host: 127.0.0.1
        jobmanager.rpc.port: %d
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 2
        io.tmp.dirs: %s
        # Without it, a job of two subtasks may have both on one TaskManager.
        cluster.evenly-spread-out-slots: true
        # A process that is gone is noticed by two heartbeats that fail, within seconds, for the
        # test's sake; one that is slow, on a busy machine, is not taken for gone.
        metrics.fetcher.update-interval: 1000
        heartbeat.interval: 1000
        heartbeat.rpc-failure-threshold: 2
        heartbeat.timeout: 60000
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 10
        restart-strategy.fixed-delay.delay: 1 s
        # What the start script works out from the size of the process.
        taskmanager.cpu.cores: 2
        taskmanager.memory.framework.heap.size: 64m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.task.heap.size: 384m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 32m
        taskmanager.memory.jvm-metaspace.size: 320m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        """
            .formatted(
                freePort(), restPort, Files.createDirectories(directory.resolve("scratch"))));
  }

  private Process startProcess(String main, String heap) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-XX:MaxMetaspaceSize=320m"));
    // Most of its time goes into loading classes, which every job does anew.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
    for (String opened :
        List.of("lang", "net", "io", "nio", "lang.reflect", "text", "time", "util", "math")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
    command.add("--add-exports=java.base/sun.net.util=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath(), EndsWithParent.class.getName(), main));
    command.addAll(List.of("--configDir", directory.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("process-" + started++ + ".log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String classPath() {
    return Stream.concat(
            Stream.of(directory.resolve("lib").toString()),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(jar -> LIBRARIES.matcher(jar.replace(File.separatorChar, '/')).find()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    List<Process> all = processes().toList();
    all.forEach(Process::destroyForcibly);
    for (Process process : all) {
      process.onExit().join();
    }
  }
}
