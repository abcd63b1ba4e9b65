package org.irisgraph.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.cli.Indexer;

/** Runs of the command line, each in a process of its own with a heap of 1 GB. */
final class CommandLineRuns {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private long startMillis;

  /** Runs that leave their summary and their log in a directory. */
  CommandLineRuns(Path directory) {
    this.directory = directory;
  }

  /** Indexes and gives the seconds from the start of the process to its end. */
  double seconds(List<String> arguments) throws Exception {
    long start = System.nanoTime();
    run(arguments, Indexer.class.getName());
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * Indexes, collects garbage over and over, and gives the most bytes that were in use after it.
   */
  long peakLiveHeap(List<String> arguments) throws Exception {
    Path peak = directory.resolve("live-heap.txt");
    run(arguments, HeapWatchedRun.class.getName(), peak.toString());
    return Long.parseLong(Files.readString(peak));
  }

  /** When the last process was started, in milliseconds since 1970. */
  long startMillis() {
    return startMillis;
  }

  /** That of the last run. */
  JsonNode summary() throws IOException {
    return JSON.readTree(summaryFile().toFile());
  }

  /**
   * Makes sure of what the last run did.
   *
   * @throws IllegalStateException if the summary has another number of documents with this outcome
   */
  void expect(String outcome, int documents) throws IOException {
    int found = summary().at("/documents/" + outcome).asInt();
    if (found != documents) {
      throw new IllegalStateException(
          "%d of %d documents are %s".formatted(found, documents, outcome));
    }
  }

  private void run(List<String> arguments, String... main) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    // The packages of the JDK that Flink and Beam reflect on, as this JVM was given them.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(main));
    command.add("index");
    command.addAll(arguments);
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--linkEntities="))) {
      command.add("--linkEntities=none");
    }
    command.addAll(List.of("--createTables=true", "--summary=" + summaryFile()));
    Path log = directory.resolve("run.log");
    startMillis = System.currentTimeMillis();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  private Path summaryFile() {
    return directory.resolve("summary.json");
  }
}
