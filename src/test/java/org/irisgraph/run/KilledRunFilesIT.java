package org.irisgraph.run;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.lease.ProcessFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The temporary files of runs on embedded Flink, which writes the most of them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class KilledRunFilesIT {

  private static final long SECONDS_OF_A_RUN = 120;

  @TempDir private Path directory;

  @Test
  void theNextRunDeletesThemAndLeavesNoneOfItsOwn() throws Exception {
    Process killed = start("killed");
    awaitOf(killed, () -> files(3).stream().anyMatch(file -> file.contains("minicluster_")));
    awaitOf(killed, () -> beside().isPresent());
    assertThat(beside().get().pid(), is(killed.pid()));
    killed.destroyForcibly().waitFor();
    List<String> left = files(1);

    Process next = start("next");
    boolean ended = next.waitFor(SECONDS_OF_A_RUN, TimeUnit.SECONDS);
    next.destroyForcibly().waitFor();

    assertThat(output("next"), ended && next.exitValue() == 3, is(true));
    assertThat(left.toString(), left.size(), is(1));
    assertThat(files(3), is(empty()));
    assertThat(Files.exists(directory.resolve("graph.mv.db.run")), is(false));
  }

  /** Waits for what a run does; without it, its output says why. */
  private void awaitOf(Process run, Callable<Boolean> condition) throws IOException {
    try {
      await()
          .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
          .ignoreException(UncheckedIOException.class)
          .until(() -> condition.call() || !run.isAlive());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(output("killed"), e);
    }
    assertThat(output("killed"), run.isAlive(), is(true));
  }

  private Optional<ProcessFile.Written<RunBesideDatabase>> beside() {
    return RunBesideDatabase.read("jdbc:h2:" + directory.resolve("graph"));
  }

  private String output(String name) throws IOException {
    return Files.readString(directory.resolve(name + ".txt"));
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
