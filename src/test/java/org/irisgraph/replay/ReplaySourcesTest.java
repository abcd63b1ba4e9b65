package org.irisgraph.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.IndexingRun.Replayed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replays of sources that moved, disappeared or became readable. */
@Tag("slow")
class ReplaySourcesTest extends ReplayFixture {

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void findsADocumentWhoseLineHasMovedUp() throws Exception {
    write("lines.jsonl", "broken\n" + GOOD + "{\"id\":\"c\",\"text\":\" \"}\n");
    index();
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Lupus.\"}\n");

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(2L));
    assertThat(replayed.summary().exitCode(), is(0));
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(this::settings);
      assertThat(indexing.contents().get("entities"), is(clean.contents().get("entities")));
      index();
      assertThat(indexing.contents(), is(clean.contents()));
    }
  }

  @Test
  void reportsABadLineThatHasMovedUp() throws Exception {
    String bad = "{\"id\":\"c\",\"text\":\n";
    write("lines.jsonl", bad + GOOD + bad);
    index();
    assertThat(letters(letters), hasSize(2));
    write("lines.jsonl", GOOD + bad);

    Replayed replayed = replay(letters);

    assertThat(replayed.summary().exitCode(), is(3));
    assertThat(letters(letters), hasItem(containsString("\"position\":3")));
    index();
    assertThat(
        indexing.rows(
            "SELECT document_id FROM RAG.DocumentLedger WHERE outcome = 'indexed'"
                + " AND stale = 0 ORDER BY document_id"),
        is(List.of("a", "b")));
  }

  @Test
  void readsATruncatedFileAsAWhole() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      lines.append(
          "{\"id\":\"d%d\",\"text\":\"Gout and asthma %s.\"}%n"
              .formatted(i, Integer.toHexString(i * 0x9E3779B1)));
    }
    byte[] whole = gzip(lines.toString());
    Path file = corpus.resolve("lines.jsonl.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    index();
    Files.write(file, whole);

    Replayed replayed = replay(letters);

    assertThat(replayed.summary().exitCode(), is(0));
    assertThat(replayed.summary().documents().read(), is(500L));
    assertEqualsCleanRun();
  }

  /** The broken element has swallowed another one, and the elements behind have other numbers. */
  @Test
  void readsAnArrayWithMissingQuotesAsAWhole() throws Exception {
    String array =
        """
        [{"id":"a","text":"Gout%s},
         {"id":"b","text":"Asthma and lupus."},
         {"id":"c","text":"Lupus%s},
         {"id":"d","text":"Gout and lupus."}]
        """;
    write("notes.json", array.formatted("", ""));
    write("more.json", array.replace("\"id\":\"", "\"id\":\"more ").formatted("", "\""));
    assertThat(index().documents().indexed(), is(1L));
    write("notes.json", array.formatted("\"", "\""));
    write("more.json", array.replace("\"id\":\"", "\"id\":\"more ").formatted("\"", "\""));

    Replayed replayed = replay(letters);

    assertThat(replayed.summary().exitCode(), is(0));
    assertThat(letters(letters), hasSize(0));
    assertEqualsCleanRun();
  }

  @Test
  void keepsTheDeadLetterOfAnArchiveThatIsDamaged() throws Exception {
    zip("all.zip", Map.of("lines.jsonl", GOOD + "broken\n"));
    index();
    write("all.zip", "no archive any more");

    Replayed replayed = replay(letters);

    assertThat(replayed.report().toString(), replayed.report().count(Result.REJECTED), is(1L));
    assertThat(letters(letters), hasItem(containsString("all.zip!/lines.jsonl")));
  }

  @Test
  void readsASourceInAnArchive() throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("good.txt", "Gout.");
    files.put("sub/lines.jsonl", GOOD + "broken\n");
    files.put("bad.txt", " ");
    zip("all.zip", files);
    index();
    Path archived = corpus.resolve("all.zip!/sub/lines.jsonl");
    assertThat(letters(letters), hasItem(containsString("\"source\":\"%s\"".formatted(archived))));
    files.put("sub/lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Lupus.\"}\n");
    files.put("bad.txt", "Asthma.");
    zip("all.zip", files);

    Replayed replayed = replay(letters);

    assertThat(replayed.report().toString(), replayed.report().count(Result.CURED), is(2L));
    assertThat(replayed.summary().exitCode(), is(0));
    assertThat(letters(letters), hasSize(0));
    assertEqualsCleanRun();
  }

  @Test
  void indexesStaleDocuments() throws Exception {
    Path file = write("lines.jsonl", GOOD);
    index();
    Files.delete(file);
    Files.createSymbolicLink(file, corpus.resolve("nowhere"));
    assertThat(index().documents().stale(), is(2L));
    assertThat(replay(null).report().count(Result.REJECTED), is(2L));
    Files.delete(file);
    write("lines.jsonl", GOOD);

    Replayed replayed = replay(null);

    assertThat(replayed.report().count(Result.CURED), is(2L));
    assertEqualsCleanRun();
  }

  @Test
  void readsAFolderThatWasUnreadable() throws Exception {
    Path link = corpus.resolve("folder");
    Files.createSymbolicLink(link, directory.resolve("later"));
    write("lines.jsonl", GOOD);
    index();
    Files.writeString(
        Files.createDirectory(directory.resolve("later")).resolve("new.txt"), "Lupus.");

    Replayed replayed = replay(letters);

    assertThat(replayed.report().toString(), replayed.summary().exitCode(), is(0));
    assertEqualsCleanRun();
  }

  @Test
  void leavesADocumentOfAFileThatIsNotOfTheInput() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("bad.jsonl"), "{\"id\":\"a\"}");
    try (IndexingRun theirs = new IndexingRun(corpus)) {
      theirs.run(
          options -> {
            settings(options);
            options.setInput(List.of(other + "/*.jsonl"));
          });
    }
    write("good.jsonl", GOOD);
    index();

    Replayed replayed = replay(letters);

    assertThat(
        replayed.report().toString(), replayed.report().count(Result.OTHER_PIPELINE), is(1L));
    assertThat(letters(letters), hasSize(1));
    assertThat(replayed.summary().exitCode(), is(0));

    Files.delete(other.resolve("bad.jsonl"));
    assertThat(replay(letters).report().count(Result.CURED), is(1L));
  }

  @Test
  void reportsAMissingSource() throws Exception {
    write("good.jsonl", GOOD);
    Path bad = write("bad.txt", " ");
    index();
    Map<String, List<String>> before = indexing.contents();
    Files.delete(bad);

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.GONE), is(1L));
    assertThat(replayed.report().toString(), containsString("source is gone  bad.txt in " + bad));
    assertThat(replayed.summary().exitCode(), is(3));
    assertThat(letters(letters), hasSize(1));
    assertThat(indexing.contents(), is(before));

    write("bad.txt", "Asthma.");
    assertThat(replay(letters).summary().exitCode(), is(0));
    assertThat(letters(letters), hasSize(0));
    assertEqualsCleanRun();
  }
}
