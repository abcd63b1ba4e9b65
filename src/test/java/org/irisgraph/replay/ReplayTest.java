package org.irisgraph.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.irisgraph.document.format.OfficeFiles;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.report.Summary;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.IndexingRun.Replayed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that were rejected, are mended and tried again. */
class ReplayTest {

  private static final String GOOD =
      """
      {"id":"a","text":"Gout and asthma."}
      {"id":"b","text":"Asthma and lupus."}
      """;

  @TempDir private Path directory;
  private Path corpus;
  private Path letters;
  private IndexingRun indexing;

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

  private void settings(IndexingOptions options) {
    options.setInput(List.of(corpus + "/**{.jsonl,.txt,.gz}"));
    options.setDeadLetters(letters.toString());
  }

  private Summary index() throws Exception {
    return indexing.run(this::settings);
  }

  private Replayed replay(Path from) throws Exception {
    return indexing.replay(from, this::settings);
  }

  private Replayed replay(Path from, boolean flink) throws Exception {
    Consumer<IndexingOptions> runner = flink ? IndexingRun::flink : IndexingRun::direct;
    return indexing.replay(
        from,
        options -> {
          settings(options);
          runner.accept(options);
        });
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(corpus.resolve(name), text);
  }

  private void isLikeACleanRun() throws Exception {
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(this::settings);
      assertThat(indexing.contents(), is(clean.contents()));
    }
  }

  private List<String> letters(Path folder) throws IOException {
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

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void indexesALineThatWasMended(boolean flink) throws Exception {
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\n");
    write("other.jsonl", "{\"id\":\"d\",\"text\":\"Lupus.\"}\n");
    index();
    String times = "SELECT run_id, seen_run_id FROM RAG.DocumentLedger WHERE document_id <> 'c'";
    List<String> before = indexing.rows(times);
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Gout, lupus.\"}\n");

    Replayed replayed = replay(letters, flink);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(replayed.summary().exitCode(), is(0));
    assertThat(replayed.summary().documents().read(), is(1L));
    assertThat(replayed.summary().documents().indexed(), is(1L));
    assertThat(indexing.rows(times), is(before));
    assertThat(letters(letters), hasSize(0));
    assertThat(letters(letters.resolve("archive")), hasSize(1));
    isLikeACleanRun();
  }

  @Tag("slow")
  @Test
  void indexesALineThatWasMendedInPostgres() throws Exception {
    try (TestTarget target = TestTarget.postgres();
        IndexingRun postgres =
            new IndexingRun(
                corpus,
                options -> {
                  options.setJdbcUrl(target.settings().jdbcUrl());
                  options.setJdbcUser(target.settings().user());
                },
                Database.connect(target.settings()))) {
      write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\nbroken\n");
      postgres.run(this::settings);
      write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Gout, lupus.\"}\nbroken\n");

      Replayed replayed = postgres.replay(letters, this::settings);

      assertThat(replayed.report().count(Result.CURED), is(1L));
      assertThat(replayed.report().count(Result.REJECTED), is(1L));
      assertThat(replayed.summary().exitCode(), is(3));
      assertThat(letters(letters), hasSize(1));
      Replayed fromLedger = postgres.replay(null, this::settings);
      assertThat(fromLedger.report().count(Result.REJECTED), is(1L));
      Map<String, List<String>> replayedContents = postgres.contents();
      postgres.execute("DROP SCHEMA RAG CASCADE");
      postgres.run(this::settings);
      assertThat(replayedContents, is(postgres.contents()));
    }
  }

  @Test
  void triesARowAgainForWhichItsColumnWasWidened() throws Exception {
    write("lines.jsonl", "{\"id\":\"z\",\"text\":\"Nothing.\"}\n");
    index();
    indexing.execute("ALTER TABLE RAG.Entities ALTER COLUMN entity_name VARCHAR(5) NOT NULL");
    write("more.jsonl", GOOD);
    assertThat(index().documents().partial(), is(2L));
    indexing.execute("ALTER TABLE RAG.Entities ALTER COLUMN entity_name VARCHAR(500) NOT NULL");
    // A run over all the input knows both documents as unchanged.
    assertThat(index().documents().partial(), is(2L));

    Replayed replayed = replay(null);

    assertThat(replayed.report().toString(), containsString("cured"));
    assertThat(replayed.report().hasOpen(), is(false));
    assertThat(replayed.summary().documents().indexed(), is(2L));
    assertThat(replayed.summary().exitCode(), is(0));
    isLikeACleanRun();
    assertThat(replay(null).report().toString(), containsString("nothing to replay"));
    // The files are of no concern to a replay from the ledger; one of the files finds them solved.
    assertThat(letters(letters), not(hasSize(0)));
    Replayed again = replay(letters);
    assertThat(again.summary().documents().read(), is(0L));
    assertThat(again.summary().exitCode(), is(0));
    assertThat(letters(letters), hasSize(0));
  }

  @Test
  void namesWhatIsRejectedAgainAndKeepsIt() throws Exception {
    write("lines.jsonl", GOOD + "broken\n");
    index();
    List<String> before = letters(letters);

    for (int runs = 0; runs < 2; runs++) {
      Replayed replayed = replay(letters);

      assertThat(replayed.summary().exitCode(), is(3));
      assertThat(
          replayed.report().toString(),
          containsString(
              "still rejected  %s:3: BAD_JSON line 3:".formatted(corpus.resolve("lines.jsonl"))));
      assertThat(letters(letters), is(before));
    }
    isLikeACleanRun();
  }

  @Test
  void reportsASourceThatIsGone() throws Exception {
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
    isLikeACleanRun();
  }

  @Test
  void reportsALineThatIsNoDeadLetterAndLeavesIt() throws Exception {
    write("lines.jsonl", GOOD + "broken\n");
    Path file = letters.resolve(index().runId() + ".jsonl");
    Files.writeString(file, "{\"source\":\n" + Files.readString(file));
    write("lines.jsonl", GOOD);

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(replayed.report().toString(), containsString(file + " line 1: no JSON"));
    assertThat(replayed.summary().exitCode(), is(3));
    assertThat(Files.readString(file), is("{\"source\":\n"));
  }

  @Test
  void findsADocumentThatHasMovedUpBecauseALineWasDeleted() throws Exception {
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
  void namesABadLineThatHasMovedUpBecauseAnotherWasDeleted() throws Exception {
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
  void readsAllOfAFileThatCouldNotBeReadToItsEnd() throws Exception {
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
    isLikeACleanRun();
  }

  @Test
  void indexesWhatWasStale() throws Exception {
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
    isLikeACleanRun();
  }

  @Test
  void readsAFolderThatCouldNotBeEntered() throws Exception {
    Path link = corpus.resolve("folder");
    Files.createSymbolicLink(link, directory.resolve("later"));
    write("lines.jsonl", GOOD);
    index();
    Files.writeString(
        Files.createDirectory(directory.resolve("later")).resolve("new.txt"), "Lupus.");

    Replayed replayed = replay(letters);

    assertThat(replayed.report().toString(), replayed.summary().exitCode(), is(0));
    isLikeACleanRun();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesADuplicateWhereItsFirstPlaceStillHasTheId(boolean flink) throws Exception {
    write("first.jsonl", GOOD);
    write("second.jsonl", "{\"id\":\"a\",\"text\":\"Lupus.\"}\n");
    index();

    Replayed replayed = replay(letters, flink);

    assertThat(replayed.report().count(Result.REJECTED), is(1L));
    assertThat(replayed.report().toString(), containsString("DUPLICATE_DOCUMENT_ID"));
    isLikeACleanRun();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\":\"c\",\"text\":\"Gout and asthma.\"}\n"})
  void indexesADuplicateWhoseFirstPlaceHasTheIdNoMore(String first) throws Exception {
    write("first.jsonl", "{\"id\":\"a\",\"text\":\"Gout and asthma.\"}\n");
    write("second.jsonl", "{\"id\":\"a\",\"text\":\"Lupus.\"}\n");
    index();
    write("first.jsonl", first);

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(
        indexing.rows("SELECT source_doc_id, entity_name FROM RAG.Entities"), contains("a|Lupus"));
    index();
    isLikeACleanRun();
  }

  @Tag("slow")
  @Test
  void leavesADuplicateWhoseFirstPlaceHasToBeParsed() throws Exception {
    List<String> folders = List.of("first", "second");
    for (String folder : folders) {
      Files.write(
          Files.createDirectory(corpus.resolve(folder)).resolve("a.pdf"),
          OfficeFiles.pdf(folder, "Gout and asthma."));
    }
    Consumer<IndexingOptions> pdfs =
        options -> {
          settings(options);
          options.setInput(
              folders.stream().map(folder -> corpus.resolve(folder) + "/*.pdf").toList());
        };
    indexing.run(pdfs);

    Replayed replayed = indexing.replay(letters, pdfs);

    assertThat(replayed.report().toString(), containsString("DUPLICATE_DOCUMENT_ID"));
    assertThat(replayed.summary().exitCode(), is(3));
    assertThat(indexing.rows("SELECT source FROM RAG.ParseAttempts"), hasSize(0));
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(pdfs);
      assertThat(indexing.contents(), is(clean.contents()));
    }
  }

  @Test
  void leavesTheRestOfTheLedgerAlone() throws Exception {
    write("lines.jsonl", GOOD + "broken\nalso broken\n");
    index();
    write("gone.jsonl", "{\"id\":\"g\",\"text\":\"Lupus.\"}\nbroken\n");
    Summary second = index();
    Path file = letters.resolve(second.runId() + ".jsonl");
    List<String> all = Files.readAllLines(file);
    Files.delete(corpus.resolve("gone.jsonl"));
    try (Stream<Path> files = Files.list(letters)) {
      for (Path old : files.toList()) {
        Files.delete(old);
      }
    }
    Files.writeString(
        file, String.join("\n", all.stream().filter(line -> line.contains(":3,")).toList()));
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Lupus.\"}\nalso broken\n");
    String rest =
        "SELECT ledger_key, outcome, seen_run_id FROM RAG.DocumentLedger WHERE"
            + " source_position <> 3 ORDER BY ledger_key";
    List<String> before = indexing.rows(rest);

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(replayed.summary().exitCode(), is(0));
    assertThat(indexing.rows(rest), is(before));
  }

  @Test
  void leavesTheDeadLettersOfOtherPipelinesAlone() throws Exception {
    write("lines.jsonl", GOOD + "broken\n");
    index();
    List<String> before = letters(letters);

    Replayed replayed =
        indexing.replay(
            letters,
            options -> {
              settings(options);
              options.setPipeline("other");
            });

    assertThat(replayed.report().toString(), containsString("lines.jsonl:3: of the pipeline test"));
    assertThat(replayed.summary().documents().read(), is(0L));
    assertThat(letters(letters), is(before));
  }

  @Test
  void findsThatALaterRunHasIndexedIt() throws Exception {
    write("lines.jsonl", GOOD + "broken\n");
    index();
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Lupus.\"}\n");
    index();

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(replayed.summary().documents().read(), is(0L));
    assertThat(letters(letters.resolve("archive")), hasSize(1));
    isLikeACleanRun();
  }
}
