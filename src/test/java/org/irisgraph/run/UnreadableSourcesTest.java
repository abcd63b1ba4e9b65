package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold many documents, and that become unreadable or readable from run to run. */
@Tag("slow")
class UnreadableSourcesTest {

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void writeDictionary() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nasthma\tDISEASE\n");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  private Summary run() throws Exception {
    return indexing.run(
        options -> {
          options.setInput(List.of(corpus + "/all*"));
          options.setDeadLetters(corpus.resolveSibling("letters").toString());
        });
  }

  private static String lines(int number) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < number; i++) {
      // Different texts, so that the compressed file has something to hold.
      lines.append(
          "{\"id\":\"d%d\",\"text\":\"Gout and asthma %s.\"}%n"
              .formatted(i, Integer.toHexString(i * 0x9E3779B1)));
    }
    return lines.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void keepsTheDocumentsOfAFileThatCannotBeOpenedAnyMore() throws Exception {
    Path file = Files.writeString(corpus.resolve("all.jsonl"), lines(3));
    run();
    Map<String, List<String>> clean = indexing.contents();
    Files.delete(file);
    Files.createSymbolicLink(file, corpus.resolve("nowhere"));

    for (int runs = 0; runs < 2; runs++) {
      Summary summary = run();

      assertThat(summary.documents().stale(), is(3L));
      assertThat(summary.documents().rejected(), is(0L));
      assertThat(summary.exitCode(), is(3));
      assertThat(indexing.contents().get("entities"), is(clean.get("entities")));
      List<String> letters =
          Files.readAllLines(corpus.resolveSibling("letters").resolve(summary.runId() + ".jsonl"));
      assertThat(letters, hasSize(3));
      assertThat(letters, everyItem(containsString("CANNOT_OPEN")));
    }

    Files.delete(file);
    Files.writeString(file, lines(3));
    assertThat(run().exitCode(), is(0));
    assertThat(indexing.contents(), is(clean));
  }

  @Test
  void keepsWhatStandsBehindTheEndOfATruncatedFile() throws Exception {
    byte[] whole = gzip(lines(500));
    Path file = Files.write(corpus.resolve("all.jsonl.gz"), whole);
    run();
    Map<String, List<String>> clean = indexing.contents();
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    Summary summary = run();

    assertThat(summary.documents().unchanged() + summary.documents().stale(), is(500L));
    assertThat(summary.documents().unchanged() > 100, is(true));
    assertThat(indexing.contents().get("entities"), is(clean.get("entities")));

    Files.write(file, whole);
    assertThat(run().exitCode(), is(0));
    assertThat(indexing.contents(), is(clean));
  }

  @Test
  void forgetsThePlacesThatAreGood() throws Exception {
    Path file = Files.writeString(corpus.resolve("all.jsonl"), lines(2) + "{broken\n{again\n");
    assertThat(run().documents().rejected(), is(2L));

    Files.writeString(file, lines(2) + "{broken\n");
    assertThat(run().documents().rejected(), is(1L));

    Files.writeString(file, lines(2));
    assertThat(run().exitCode(), is(0));
    assertThat(
        indexing.rows("SELECT outcome, COUNT(*) FROM RAG.DocumentLedger GROUP BY outcome"),
        contains("indexed|2"));
  }
}
