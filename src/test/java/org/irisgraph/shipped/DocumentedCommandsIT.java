package org.irisgraph.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the commands of README.md and docs/*.md, page by page, in a copy of what a user has after
 * {@code mvn package}. Commands that cannot run here are listed with the reason in
 * documented-commands.yaml. One JVM executes the commands of all pages, but for those of blocks
 * that set variables, which start the program each time. {@code LauncherIT} is about the launcher.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("slow")
class DocumentedCommandsIT {

  private static final long SECONDS_OF_A_BLOCK = 300;

  /** Where the pages' commands ran. */
  private static final String SHOWN_DIRECTORY = "/home/me/iris-graph-indexer";

  private static final Path LAUNCHER = Path.of("bin/iris-graph-indexer");

  /** All pages have the same, one after the other, because it is the JVM's working directory. */
  @TempDir private static Path directory;

  private static WarmProgram program;

  /** The blocks that set variables, which two pages may have and run alone. */
  private static final Set<List<String>> STARTED = new HashSet<>();

  /**
   * A command that does not run as the page has it.
   *
   * @param command how the command begins, which may include the line's end
   * @param instead what its beginning is replaced with; null if it does not run at all
   * @param unprinted a line that the page shows and that what runs instead does not print, or null
   */
  record Exemption(String command, String instead, String unprinted, String reason) {

    boolean isFor(String documented) {
      return (documented + "\n").startsWith(command);
    }

    String replaceIn(String documented) {
      return instead == null ? ":" : instead + (documented + "\n").substring(command.length());
    }
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
          .filter(page -> page.toString().endsWith(".md"))
          .filter(page -> !blocks(page).isEmpty())
          .toList();
    }
  }

  private static List<List<String>> blocks(Path page) {
    try {
      return ShellBlocks.of(Files.readString(page, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Exemption> exemptions() throws IOException {
    List<Map<String, String>> listed =
        new ObjectMapper(new YAMLFactory())
            .readValue(
                Path.of("src/test/resources/documented-commands.yaml").toFile(),
                new TypeReference<>() {});
    return listed.stream()
        .map(
            each ->
                new Exemption(
                    each.get("command"),
                    each.get("instead"),
                    each.get("unprinted"),
                    each.get("reason")))
        .toList();
  }

  private static Optional<Exemption> exemption(String command, List<Exemption> exemptions) {
    return exemptions.stream().filter(each -> each.isFor(command)).findFirst();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCommandsOfAPageSucceed(Path page) throws Exception {
    copyRepository();
    List<Exemption> exemptions = exemptions();
    List<List<String>> blocks = blocks(page);
    List<List<String>> shown = ShellBlocks.shown(Files.readString(page, UTF_8));
    for (int i = 0; i < blocks.size(); i++) {
      List<String> block = blocks.get(i);
      List<String> script =
          block.stream()
              .map(
                  command ->
                      exemption(command, exemptions)
                          .map(exemption -> exemption.replaceIn(command))
                          .orElse(command))
              .toList();
      boolean repeated = setsVariables(script) && !STARTED.add(script);
      if (!script.stream().allMatch(":"::equals) && !repeated) {
        chooseLauncher(script);
        String output = run(page, String.join("\n", script));
        Set<String> unprinted =
            block.stream()
                .flatMap(command -> exemption(command, exemptions).stream())
                .map(Exemption::unprinted)
                .collect(Collectors.toSet());
        assertThat(
            "%s:\n%s".formatted(page, output),
            shown.get(i).stream()
                .filter(line -> !unprinted.contains(line.strip()))
                .map(line -> line.replace(SHOWN_DIRECTORY, repository().toString()))
                .filter(line -> !isIn(output, line))
                .toList(),
            is(empty()));
      }
    }
  }

  /** The pages whose output is compared; another kind of fence would turn that off. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/failures.md"})
  void theOutputThatAPageShowsIsFound(Path page) throws IOException {
    assertThat(ShellBlocks.shown(Files.readString(page, UTF_8)), hasItem(not(empty())));
  }

  @Test
  void everyExemptionHasAReasonAndACommand() throws IOException {
    List<Exemption> exemptions = exemptions();
    List<String> commands =
        pages().stream().flatMap(page -> blocks(page).stream()).flatMap(List::stream).toList();

    assertThat(
        exemptions.stream()
            .filter(
                exemption ->
                    exemption.reason() == null || commands.stream().noneMatch(exemption::isFor))
            .map(Exemption::command)
            .toList(),
        is(empty()));
  }

  @Test
  void aPageShowsWhatIsNotPrinted() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      ShellBlocks.shown(Files.readString(page, UTF_8)).forEach(shown::addAll);
    }

    for (Exemption exemption : exemptions()) {
      if (exemption.unprinted() != null) {
        assertThat(shown.stream().map(String::strip).toList(), hasItem(exemption.unprinted()));
      }
    }
  }

  /** Times differ from run to run, and memory and processors from machine to machine. */
  private static boolean isIn(String output, String shownLine) {
    return shownLine.contains(" s on DirectRunner")
        || shownLine.contains(" in this JVM, ")
        || output.lines().anyMatch(line -> line.strip().equals(shownLine.strip()));
  }

  /** Runs a script and returns its output. */
  private String run(Path page, String script) throws Exception {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(repository().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    String java = System.getProperty("java.home");
    builder.environment().put("JAVA_HOME", java);
    // The runs are short.
    builder
        .environment()
        .put("IRIS_GRAPH_INDEXER_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    builder
        .environment()
        .merge("PATH", java + "/bin", (path, first) -> first + File.pathSeparator + path);
    Process shell = builder.start();
    boolean ended = shell.waitFor(SECONDS_OF_A_BLOCK, TimeUnit.SECONDS);
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly().waitFor();
    String printed = Files.readString(output, UTF_8);
    assertThat(
        "%s:\n%s\n%s\n%s".formatted(page, script, printed, program.state()),
        ended && shell.exitValue() == 0,
        is(true));
    return printed;
  }

  private static boolean setsVariables(List<String> script) {
    return script.stream().anyMatch(command -> command.startsWith("export "));
  }

  private static void chooseLauncher(List<String> script) throws IOException {
    Path launcher = repository().resolve(LAUNCHER);
    Files.delete(launcher);
    if (setsVariables(script)) {
      copy(LAUNCHER);
    } else {
      program.replace(launcher);
    }
  }

  @BeforeAll
  static void startProgram() throws Exception {
    program =
        WarmProgram.start(
            Path.of("target/iris-graph-indexer.jar").toAbsolutePath(),
            Files.createDirectory(repository()),
            Files.createDirectory(directory.resolve("channel")),
            List.of(
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile="
                    + Path.of("target/iris-graph-indexer.jsa").toAbsolutePath(),
                "-Xlog:disable",
                "-Dorg.irisgraph.command=" + LAUNCHER));
  }

  @AfterAll
  static void endProgram() throws IOException {
    if (program != null) {
      program.close();
    }
    // JUnit warns about links that lead out of a temporary directory.
    Files.deleteIfExists(repository().resolve("target/lib"));
  }

  /** Leaves nothing of the page before. */
  private static void clearRepository() throws IOException {
    try (Stream<Path> files = Files.walk(repository())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(repository())) {
          Files.delete(file);
        }
      }
    }
  }

  private static Path repository() {
    return directory.resolve("repository");
  }

  private static void copyRepository() throws IOException {
    clearRepository();
    for (String folder :
        List.of(
            "bin",
            "pipelines",
            "runner-configs",
            "src/test/resources/gold",
            "src/test/resources/general-texts")) {
      copy(Path.of(folder));
    }
    Path target = Files.createDirectories(repository().resolve("target"));
    Files.createSymbolicLink(target.resolve("lib"), Path.of("target/lib").toAbsolutePath());
    copy(Path.of("target/iris-graph-indexer.jar"));
    // Class archives, which shorten the start where the JVM could make them.
    for (String name : List.of("iris-graph-indexer.jsa", "iris-graph-indexer-ask.jsa")) {
      Path archive = Path.of("target", name);
      if (Files.exists(archive)) {
        copy(archive);
      }
    }
  }

  private static void copy(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = repository().resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
