package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An H2 file on a disk that becomes full. Mounting one needs root; skipped without. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullDiskIT extends CommandFixture {

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        runs("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
        "a file system can be mounted by root only");
  }

  @AfterEach
  void unmount() throws Exception {
    runs("umount", disk.toString());
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void endsAtOnceWithItsSummaryAndGoesOnWhenThereIsSpace() throws Exception {
    write("terms.tsv", "gout\tDISEASE\naspirin\tDRUG\n");
    StringBuilder lines = new StringBuilder();
    for (int document = 0; document < 400; document++) {
      lines.append(
          "{\"id\":\"%d\",\"text\":\"Gout and aspirin. %s\"}\n"
              .formatted(document, "Text %d. ".formatted(document).repeat(2000)));
    }
    Path corpus = write("corpus.jsonl", lines.toString());
    Object[] index = {
      "index", settings, "--input=" + corpus, "--jdbcUrl=jdbc:h2:" + disk.resolve("graph")
    };

    assertThat(execute(index), is(1));
    assertThat(
        last.err(),
        containsString(
            "error: the disk of the database is full: %s; free space, and run the same command"
                .formatted(disk.resolve("graph.mv.db"))));
    assertThat(last.out(), containsString("corpus failed after "));

    assertThat(runs("mount", "-o", "remount,size=200m", disk.toString()), is(true));
    assertThat(last.toString(), execute(index), is(0));
    assertThat(last.out(), containsString("documents     400 read: "));
  }
}
