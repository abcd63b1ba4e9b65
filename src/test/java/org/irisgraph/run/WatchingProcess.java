package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program in a process of its own, watching a directory. */
final class WatchingProcess implements AutoCloseable {

  private static final long MAX_SECONDS = 120;
  private static final int SIGTERM = 143;

  private final Process process;
  private final Path output;

  private WatchingProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static WatchingProcess start(Path corpus, String jdbcUrl, Path output, String... more)
      throws IOException {
    List<String> command = PackagedProgram.command("512m");
    command.addAll(List.of("index", "runner-configs/flink-local.yaml"));
    command.addAll(List.of("--pipeline=test", "--parallelism=2", "--jdbcUser=postgres"));
    command.add("--input=" + String.join(",", IndexingRun.globs(corpus)));
    command.add("--dictionary=" + corpus + "/dictionary.tsv");
    command.addAll(List.of("--jdbcUrl=" + jdbcUrl, "--createTables=true"));
    command.addAll(List.of("--watch=500ms", "--maxBufferingMillis=200"));
    command.addAll(List.of(more));
    if (Stream.of(more).noneMatch(argument -> argument.startsWith("--linkEntities="))) {
      command.add("--linkEntities=none");
    }
    return new WatchingProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** Waits, as long as the process lives, until something has come true. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
    while (!condition.call()) {
      boolean goesOn = process.isAlive() && System.nanoTime() < end;
      assertThat(what + "\n" + output(), goesOn, is(true));
      // Polls, since another process writes to the database.
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Asks it to stop, and waits for its end. */
  void stop() throws Exception {
    process.destroy();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    assertThat(output(), ended, is(true));
    assertThat(output(), process.exitValue(), is(SIGTERM));
  }

  /** Waits for it to end by itself. */
  int awaitEnd() throws Exception {
    boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    assertThat(output(), ended, is(true));
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(output, UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
