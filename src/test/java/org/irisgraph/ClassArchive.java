package org.irisgraph;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Makes the archives of loaded classes with which {@code bin/iris-graph-indexer} starts faster: a
 * small one for questions, which is mapped in half the time, and one for everything else. The build
 * runs this file as it is: {@code java ClassArchive.java FILE.jar}. Without the archives the
 * program works too, so a failure does not fail the build.
 *
 * <p>From lists of classes, since what a run archives at its end leaves out the classes of picocli
 * and Joda-Time, which are of Java 5.
 */
final class ClassArchive {

  private static final int MAX_SECONDS = 300;

  private final Path jar;
  private final Path work;

  private ClassArchive(Path jar, Path work) {
    this.jar = jar;
    this.work = work;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path jar = Path.of(arguments[0]).toRealPath();
    Path work = Files.createTempDirectory("iris-graph-indexer-archive");
    new ClassArchive(jar, work).make();
    delete(work.toFile());
  }

  private void make() throws IOException, InterruptedException {
    String database = "--jdbcUrl=jdbc:h2:" + work.resolve("graph");
    Set<String> ofRuns =
        loadedBy(
            "-jar",
            "index",
            "pipelines/quickstart.yaml",
            "runner-configs/direct.yaml",
            database,
            "--deadLetters=" + work.resolve("dead-letters"),
            "--report=" + work.resolve("report.html"),
            "--summary=" + work.resolve("summary.json"));
    Set<String> ofQuestions =
        loadedBy(
            "-jar", "show", "pipelines/quickstart.yaml", database, "malignancy", "heart failure");
    ofQuestions.addAll(
        loadedBy("-jar", "show", "pipelines/quickstart.yaml", database, "--json", "malignancy"));
    if (!ofQuestions.isEmpty()) {
      ofQuestions.addAll(
          loadedBy("-cp", "org.irisgraph.cli.InputSize", "pipelines/quickstart.yaml"));
      ofQuestions.addAll(ofDrivers());
    }
    ofRuns.addAll(ofQuestions);
    // Each takes a processor for seconds.
    Dump questions = dump("-ask", ofQuestions);
    Dump everything = dump("", ofRuns);
    questions.finish();
    everything.finish();
  }

  /**
   * The lines of the list of classes that a command loads, none if it fails.
   *
   * @param option what Java takes the jar by: {@code -jar}, or {@code -cp} and a main class
   */
  private Set<String> loadedBy(String option, String... command)
      throws IOException, InterruptedException {
    Path list = work.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-XX:DumpLoadedClassList=" + list,
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                option,
                jar.toString()));
    arguments.addAll(List.of(command));
    Files.deleteIfExists(list);
    return succeeds(java(arguments)) && Files.exists(list)
        ? new LinkedHashSet<>(Files.readAllLines(list))
        : new LinkedHashSet<>();
  }

  /** Those that connect to databases which are not there when the program is built. */
  private Set<String> ofDrivers() throws IOException {
    Set<String> classes = new LinkedHashSet<>();
    for (File library : jar.resolveSibling("lib").toFile().listFiles()) {
      if (library.getName().matches("(postgresql|intersystems-jdbc)-.*\\.jar")) {
        try (JarFile opened = new JarFile(library)) {
          opened.stream()
              .map(JarEntry::getName)
              .filter(
                  name ->
                      name.matches(
                          "(org/postgresql|com/intersystems)/(.*/)?(core|jdbc|util)/.*\\.class"))
              .map(name -> name.replaceFirst("\\.class$", ""))
              .forEach(classes::add);
        }
      }
    }
    return classes;
  }

  /** An archive that is being made, unless no class is known. */
  private record Dump(Path archive, Optional<Process> process) {

    void finish() throws IOException, InterruptedException {
      if (process.isPresent() && succeeds(process.get()) && Files.exists(archive)) {
        System.out.printf("%s: %.1f MB%n", archive.getFileName(), Files.size(archive) / 1e6);
      } else {
        Files.deleteIfExists(archive);
        System.out.printf(
            "No class archive %s was made: the program starts more slowly%n",
            archive.getFileName());
      }
    }
  }

  private Dump dump(String suffix, Collection<String> classes) throws IOException {
    Path archive = Path.of(jar.toString().replaceFirst("\\.jar$", suffix + ".jsa"));
    Files.deleteIfExists(archive);
    Path list = Files.write(work.resolve("list" + suffix), classes);
    return new Dump(
        archive,
        classes.isEmpty()
            ? Optional.empty()
            : Optional.of(
                java(
                    List.of(
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + list,
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:disable",
                        "-cp",
                        jar.toString()))));
  }

  private Process java(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static boolean succeeds(Process process) throws InterruptedException {
    boolean hasEnded = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    return hasEnded && process.exitValue() == 0;
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null) {
      for (File child : children) {
        delete(child);
      }
    }
    if (!file.delete()) {
      file.deleteOnExit();
    }
  }
}
