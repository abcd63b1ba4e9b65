package org.irisgraph.replay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.report.Summary;
import org.irisgraph.run.IndexingRun.Replayed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that were rejected, repaired and replayed. */
@Tag("slow")
class ReplayTest extends ReplayFixture {

  @Test
  void indexesARepairedLine() throws Exception {
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\n");
    write("other.jsonl", "{\"id\":\"d\",\"text\":\"Lupus.\"}\n");
    index();
    String times = "SELECT run_id, seen_run_id FROM RAG.DocumentLedger WHERE document_id <> 'c'";
    List<String> before = indexing.rows(times);
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Gout, lupus.\"}\n");

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(replayed.summary().exitCode(), is(0));
    assertThat(replayed.summary().documents().read(), is(1L));
    assertThat(replayed.summary().documents().indexed(), is(1L));
    assertThat(indexing.rows(times), is(before));
    assertThat(letters(letters), hasSize(0));
    assertThat(letters(letters.resolve("archive")), hasSize(1));
    assertEqualsCleanRun();
  }

  @Test
  void retriesARowWhoseColumnWasWidened() throws Exception {
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
    assertEqualsCleanRun();
    assertThat(replay(null).report().toString(), containsString("nothing to replay"));
    // The files are of no concern to a replay from the ledger; one of the files finds them solved.
    assertThat(letters(letters), not(hasSize(0)));
    Replayed again = replay(letters);
    assertThat(again.summary().documents().read(), is(0L));
    assertThat(again.summary().exitCode(), is(0));
    assertThat(letters(letters), hasSize(0));
  }

  @Test
  void keepsDeadLettersThatAreRejectedAgain() throws Exception {
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
    assertEqualsCleanRun();
  }

  @Test
  void reportsAndKeepsABrokenDeadLetter() throws Exception {
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
  void changesNothingElseInTheLedger() throws Exception {
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
  void ignoresDeadLettersOfOtherPipelines() throws Exception {
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
  void archivesDeadLettersThatALaterRunHasIndexed() throws Exception {
    write("lines.jsonl", GOOD + "broken\n");
    index();
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Lupus.\"}\n");
    index();

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(replayed.summary().documents().read(), is(0L));
    assertThat(letters(letters.resolve("archive")), hasSize(1));
    assertEqualsCleanRun();
  }
}
