package org.irisgraph.run;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The temporary files of runs on embedded Flink, which writes the most of them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledRunFilesIT {

  private static final long SECONDS_OF_A_RUN = 120;

  @TempDir private Path directory;

  @Test
  void theNextRunDeletesThemAndLeavesNoneOfItsOwn() throws Exception {
    Process killed = start("killed");
    await()
        .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> files(3).stream().anyMatch(file -> file.contains("minicluster_")));
    killed.destroyForcibly().waitFor();
    List<String> left = files(1);

    Process next = start("next");
    boolean ended = next.waitFor(SECONDS_OF_A_RUN, TimeUnit.SECONDS);
    next.destroyForcibly().waitFor();

    String output = Files.readString(directory.resolve("next.txt"));
    assertThat(output, ended && next.exitValue() == 3, is(true));
    assertThat(left.toString(), left.size(), is(1));
    assertThat(files(3), is(empty()));
  }

  private Process start(String name) throws IOException {
    Path corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus, 100);
    ConnectionSettings target =
        new ConnectionSettings(
            "jdbc:h2:" + directory.resolve("graph"), null, PasswordReference.of(null), Map.of(), 1);
    ProcessBuilder run = IndexerProcess.of(corpus, target, "runner-configs/flink-local.yaml");
    run.command().add(1, "-Djava.io.tmpdir=" + Files.createDirectories(temporaryFiles()));
    return run.redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".txt").toFile())
        .start();
  }

  private Path temporaryFiles() {
    return directory.resolve("tmp");
  }

  private List<String> files(int depth) throws IOException {
    try (Stream<Path> files = Files.walk(temporaryFiles(), depth)) {
      return files
          .filter(file -> !file.equals(temporaryFiles()))
          .map(file -> temporaryFiles().relativize(file).toString())
          .toList();
    }
  }
}
