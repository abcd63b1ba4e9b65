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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/iris-graph-indexer}; needs {@code mvn package}. */
@Tag("slow")
class LauncherIT {

  private static final Path CLONE = Path.of("").toAbsolutePath();

  private static final Path JAR = CLONE.resolve("target/iris-graph-indexer.jar");
  private static final Path BUNDLED = CLONE.resolve("target/iris-graph-indexer-bundled.jar");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String QUICKSTART = "pipelines/quickstart.yaml";

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
  void startsInAPathWithSpacesWithABrokenArchive() throws Exception {
    Path launcher = directory.resolve("bin/iris-graph-indexer");
    Files.createDirectories(launcher.getParent());
    Files.copy(CLONE.resolve("bin/iris-graph-indexer"), launcher);
    Files.copy(JAR, directory.resolve("iris-graph-indexer.jar"));
    Files.createSymbolicLink(directory.resolve("lib"), CLONE.resolve("target/lib"));
    for (String archive : List.of("iris-graph-indexer.jsa", "iris-graph-indexer-ask.jsa")) {
      Files.writeString(directory.resolve(archive), "not an archive", UTF_8);

      Result result = run(launcher, Map.of(), "--version");

      assertThat(result.errors(), is(""));
      assertThat(result.output(), startsWith("iris-graph-indexer "));
    }
  }

  /** Unpacked, linked into a folder of the shell's path, and started in a third folder. */
  @Test
  void runsInstalledWithoutACloneAndFindsWhatComesWithIt() throws Exception {
    Path place = Files.createDirectory(directory.resolve("opt"));
    assertThat(start(place, Map.of(), List.of("tar", "xzf", archive())).exitCode(), is(0));
    String name;
    try (Stream<Path> unpacked = Files.list(place)) {
      name = unpacked.map(Path::toString).collect(Collectors.joining(" "));
    }
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(
        bin.resolve("iris-graph-indexer"), Path.of(name, "bin/iris-graph-indexer"));
    Path work = Files.createDirectory(directory.resolve("texts"));
    Files.writeString(
        work.resolve("a.txt"),
        "Naloxone reverses hypotension. Angela Merkel met Barack Obama in Berlin.",
        UTF_8);
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));

    Result result =
        start(
            work,
            path,
            List.of(
                "iris-graph-indexer",
                "index",
                QUICKSTART,
                "runner-configs/direct.yaml",
                "--input=*.txt",
                "--inputFormat=text",
                "--names=biomedical,general"));

    assertThat(result.output() + result.errors(), result.exitCode(), is(0));
    assertThat(result.output(), containsString("1 read: 1 indexed"));
    Result shown =
        start(
            work,
            path,
            List.of("sh", "-c", result.output().strip().lines().reduce((a, b) -> b).orElseThrow()));
    assertThat(shown.output() + shown.errors(), shown.exitCode(), is(0));
    assertThat(shown.output(), containsString("a.txt"));
    assertThat(
        start(work, path, List.of("iris-graph-indexer", "show", QUICKSTART, "Barack Obama"))
            .output(),
        containsString("PERSON"));
    assertThat(
        start(work, path, List.of("iris-graph-indexer", "show", QUICKSTART, "hypotension"))
            .output(),
        containsString("DISEASE"));
  }

  @Test
  void namesTheMissingLibraries() throws Exception {
    Path jar = Files.copy(JAR, directory.resolve("alone.jar"));

    Result result = start(directory, Map.of(), List.of(JAVA, "-jar", jar.toString(), "--version"));

    assertThat(
        result.errors(),
        is(
            "error: the folder lib is missing beside %s: keep both together, as mvn package and the archive of the program have them%n"
                .formatted(jar)));
    assertThat(result.exitCode(), is(2));
  }

  @Test
  void saysWhatTheBundledJarIsFor() throws Exception {
    Result result =
        start(directory, Map.of(), List.of(JAVA, "-jar", BUNDLED.toString(), "index", "a.yaml"));

    assertThat(
        result.errors(),
        is(
            "error: iris-graph-indexer-bundled.jar is what the workers of a Flink cluster get;"
                + " start bin/iris-graph-indexer index FILE.yaml runner-configs/flink-cluster.yaml,"
                + " which sends it to them\n"));
    assertThat(result.exitCode(), is(2));
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

  /** A run that ends before it starts, by its writers, shows which compilers it had. */
  @Test
  void leavesTheOptimisingCompilerToLargeInputs() throws Exception {
    Path large = directory.resolve("large.jsonl");
    Files.write(large, new byte[10_000_000]);

    assertThat(highestCompiler(CLONE.resolve(QUICKSTART)), is("1"));
    assertThat(highestCompiler(large), is("4"));
  }

  private String highestCompiler(Path input) throws Exception {
    Result result =
        run(
            CLONE.resolve("bin/iris-graph-indexer"),
            Map.of("IRIS_GRAPH_INDEXER_JAVA_OPTS", "-XX:+PrintFlagsFinal"),
            "index",
            "--input=" + input,
            "--writers=none");
    assertThat(result.toString(), result.exitCode(), is(2));
    return result
        .output()
        .lines()
        .filter(line -> line.contains(" TieredStopAtLevel "))
        .map(line -> line.replaceAll(".*= *(\\d).*", "$1"))
        .collect(Collectors.joining());
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
    return start(directory, environment, command);
  }

  private static String archive() throws IOException {
    try (Stream<Path> files = Files.list(CLONE.resolve("target"))) {
      return files
          .map(Path::toString)
          .filter(name -> name.endsWith(".tar.gz"))
          .collect(Collectors.joining(" "));
    }
  }

  private Result start(Path workingDirectory, Map<String, String> environment, List<String> command)
      throws Exception {
    // Found by the shell, since Java would look in its own path.
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of("/bin/sh", "-c", "exec \"$@\"", "sh"), command.stream())
                    .toList())
            .directory(workingDirectory.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      // Unpacking the archive takes minutes on a busy machine.
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      assertThat(Files.readString(errors, UTF_8), ended, is(true));
    } finally {
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(), Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
  }
}
