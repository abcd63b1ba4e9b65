package org.irisgraph.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.IndexingRun.Replayed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A corpus, its dead letters, and the database that runs and replays write to. */
abstract class ReplayFixture {

  static final String GOOD =
      """
      {"id":"a","text":"Gout and asthma."}
      {"id":"b","text":"Asthma and lupus."}
      """;

  @TempDir Path directory;
  Path corpus;
  Path letters;
  IndexingRun indexing;

  @BeforeEach
  void writeDictionary() throws Exception {
    corpus = Files.createDirectory(directory.resolve("corpus"));
    letters = directory.resolve("letters");
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nasthma\tDISEASE\nlupus\tDISEASE\n");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  void settings(IndexingOptions options) {
    options.setInput(List.of(corpus + "/**{.jsonl,.json,.txt,.gz,.zip}"));
    options.setDeadLetters(letters.toString());
  }

  Summary index() throws Exception {
    return indexing.run(this::settings);
  }

  Replayed replay(Path from) throws Exception {
    return indexing.replay(from, this::settings);
  }

  /** Writes a file of the corpus. */
  Path write(String name, String text) throws IOException {
    return Files.writeString(corpus.resolve(name), text);
  }

  /** Writes an archive of the corpus. */
  void zip(String name, Map<String, String> files) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(corpus.resolve(name)))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
      }
    }
  }

  /** Asserts that the database is as if the corpus had been indexed once. */
  void assertEqualsCleanRun() throws Exception {
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(this::settings);
      assertThat(indexing.contents(), is(clean.contents()));
    }
  }

  /** The lines of the dead-letter files in a folder. */
  static List<String> letters(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString().lines().toList();
  }
}
