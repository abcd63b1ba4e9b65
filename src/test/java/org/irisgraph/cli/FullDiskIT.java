package org.irisgraph.cli;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.SmallDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run into an H2 file on a disk that becomes full. */
@Tag("slow")
class FullDiskIT extends CommandFixture {

  private static final long MEGABYTE = 1_000_000;

  @Test
  void endsAtOnceWithItsSummaryAndGoesOnWhenThereIsSpace() throws Exception {
    write("terms.tsv", "gout\tDISEASE\naspirin\tDRUG\n");
    Random random = new Random(1);
    byte[] bytes = new byte[60_000];
    StringBuilder lines = new StringBuilder();
    for (int document = 0; document < 60; document++) {
      // Hardly compressed.
      random.nextBytes(bytes);
      lines.append(
          "{\"id\":\"%d\",\"text\":\"Gout and aspirin. %s\"}\n"
              .formatted(document, Base64.getEncoder().encodeToString(bytes)));
    }
    Path corpus = write("corpus.jsonl", lines.toString());
    Path graph = directory.resolve("graph");
    Object[] index = {
      "index",
      settings,
      "--input=" + corpus,
      "--jdbcUrl=jdbc:h2:small:" + graph,
      "--maxBatchBytes=1000000",
      "--deadLetters=none"
    };

    SmallDisk.resize(3 * MEGABYTE);
    assertThat(execute(index), is(1));
    assertThat(
        last.err(),
        containsString(
            "error: the disk of the database is full: small:%s.mv.db; free space, and run the same command"
                .formatted(graph)));
    assertThat(
        last.out(), allOf(containsString("corpus failed after "), containsString(" 0 rejected")));

    SmallDisk.resize(200 * MEGABYTE);
    // The next run is another process; in this one, the full database may still be closing.
    await()
        .pollInSameThread()
        .atMost(1, TimeUnit.MINUTES)
        .pollInterval(1, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              int exitCode = execute(index);
              assertThat(last.toString(), exitCode, is(0));
            });
    assertThat(last.out(), containsString("documents     60 read: "));
  }
}
