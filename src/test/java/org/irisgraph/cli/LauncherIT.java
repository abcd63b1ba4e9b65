package org.irisgraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/iris-graph-indexer}; needs {@code mvn package}. */
class LauncherIT {

  private static final Path CLONE = Path.of("").toAbsolutePath();

  @TempDir private Path directory;

  private record Result(int exitCode, String output, String errors) {}

  @BeforeEach
  void makeADirectoryWithASpace() throws IOException {
    directory = Files.createDirectory(directory.resolve("my work"));
  }

  @Test
  void startsInAnyFolder() throws Exception {
    Result result = run(CLONE.resolve("bin/iris-graph-indexer"), Map.of(), "--version");

    assertThat(result.errors(), is(""));
    assertThat(result.output(), startsWith("iris-graph-indexer "));
    assertThat(result.exitCode(), is(0));
  }

  @Test
  void startsThroughSymbolicLinks() throws Exception {
    Path first =
        Files.createSymbolicLink(
            directory.resolve("first link"), CLONE.resolve("bin/iris-graph-indexer"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());

    assertThat(run(second, Map.of(), "--version").output(), startsWith("iris-graph-indexer "));
  }

  @Test
  void startsADistributionInAPathWithSpacesAndABrokenArchive() throws Exception {
    Path launcher = directory.resolve("bin/iris-graph-indexer");
    Files.createDirectories(launcher.getParent());
    Files.createDirectories(directory.resolve("lib"));
    Files.copy(CLONE.resolve("bin/iris-graph-indexer"), launcher);
    Files.copy(
        CLONE.resolve("target/iris-graph-indexer.jar"),
        directory.resolve("lib/iris-graph-indexer.jar"));
    Files.createSymbolicLink(directory.resolve("lib/lib"), CLONE.resolve("target/lib"));
    Files.writeString(directory.resolve("lib/iris-graph-indexer.jsa"), "not an archive", UTF_8);

    Result result = run(launcher, Map.of(), "--version");

    assertThat(result.errors(), is(""));
    assertThat(result.output(), startsWith("iris-graph-indexer "));
  }

  @Test
  void passesArgumentsAndExitCodeThrough() throws Exception {
    Result result =
        run(CLONE.resolve("bin/iris-graph-indexer"), Map.of(), "index", "my settings.yaml");

    assertThat(result.errors(), is("error: settings file my settings.yaml does not exist\n"));
    assertThat(result.exitCode(), is(2));
  }

  @Test
  void acceptsFurtherJavaOptions() throws Exception {
    Result result =
        run(
            CLONE.resolve("bin/iris-graph-indexer"),
            Map.of("IRIS_GRAPH_INDEXER_JAVA_OPTS", "-Xmx200m -XX:+UseG1GC -XshowSettings:vm"),
            "--version");

    assertThat(result.errors(), containsString("Max. Heap Size: 200.00M"));
  }

  @Test
  void reportsAMissingJava() throws Exception {
    Result result =
        run(
            CLONE.resolve("bin/iris-graph-indexer"),
            Map.of("JAVA_HOME", directory.toString()),
            "--version");

    assertThat(result.errors(), is("error: JAVA_HOME has no bin/java: " + directory + "\n"));
    assertThat(result.exitCode(), is(2));
  }

  @Test
  void reportsAnOldJava() throws Exception {
    Path java = directory.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n", UTF_8);
    assertThat(java.toFile().setExecutable(true), is(true));

    Result result =
        run(
            CLONE.resolve("bin/iris-graph-indexer"),
            Map.of("JAVA_HOME", directory.toString()),
            "--version");

    assertThat(result.errors(), containsString("Java 1.8.0"));
    assertThat(result.errors(), containsString("Java 17 or later is needed"));
    assertThat(result.exitCode(), is(2));
  }

  private Result run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS), is(true));
    } finally {
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(), Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
  }
}
