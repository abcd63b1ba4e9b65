package org.irisgraph.replay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.IndexingRun.Replayed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replays on Flink and in PostgreSQL. */
@Tag("slow")
class ReplayIT extends ReplayFixture {

  private Replayed replayOnFlink() throws Exception {
    return indexing.replay(
        letters,
        options -> {
          settings(options);
          IndexingRun.flink(options);
        });
  }

  @Test
  void indexesARepairedLineOnFlink() throws Exception {
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\n");
    write("other.jsonl", "{\"id\":\"d\",\"text\":\"Lupus.\"}\n");
    index();
    String times = "SELECT run_id, seen_run_id FROM RAG.DocumentLedger WHERE document_id <> 'c'";
    List<String> before = indexing.rows(times);
    write("lines.jsonl", GOOD + "{\"id\":\"c\",\"text\":\"Gout, lupus.\"}\n");

    Replayed replayed = replayOnFlink();

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
  void indexesARepairedLineInPostgres() throws Exception {
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
  void rejectsADuplicateWhoseFirstPlaceStillHasTheIdOnFlink() throws Exception {
    write("first.jsonl", GOOD);
    write("second.jsonl", "{\"id\":\"a\",\"text\":\"Lupus.\"}\n");
    index();

    Replayed replayed = replayOnFlink();

    assertThat(replayed.report().count(Result.REJECTED), is(1L));
    assertThat(replayed.report().toString(), containsString("DUPLICATE_DOCUMENT_ID"));
    assertEqualsCleanRun();
  }
}
