package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.irisgraph.run.PasswordPostgres;

/** A run of the program in a process of its own. */
record LaunchedRun(Process process, String name, Path file) {

  private static final Pattern JOB = Pattern.compile("Flink job ([0-9a-f]{32})");
  private static final long SECONDS = 180;

  static LaunchedRun start(List<String> command, String name, Path file) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FlinkClusterFixture.corpus().toFile())
            .redirectErrorStream(true)
            .redirectOutput(file.toFile());
    builder.environment().put(FlinkClusterFixture.PASSWORD_VARIABLE, PasswordPostgres.PASSWORD);
    builder.environment().put(FlinkClusterFixture.LAUNCHERS_VARIABLE, PasswordPostgres.PASSWORD);
    builder.environment().put(FlinkClusterFixture.CHANGED_VARIABLE, PasswordPostgres.PASSWORD);
    builder
        .environment()
        .put(FlinkClusterFixture.FORGOTTEN_VARIABLE, FlinkClusterFixture.EARLIER_PASSWORD);
    return new LaunchedRun(builder.start(), name, file);
  }

  LaunchedRun toTheEnd() throws Exception {
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    assertThat(output() + FlinkClusterFixture.cluster.output(), ended, is(true));
    return this;
  }

  int exitValue() {
    return process.exitValue();
  }

  String output() throws Exception {
    return Files.readString(file);
  }

  String jobId() throws Exception {
    return jobIds().get(0);
  }

  /** The ids of its jobs, in their order. */
  List<String> jobIds() throws Exception {
    List<String> ids = JOB.matcher(output()).results().map(id -> id.group(1)).toList();
    assertThat(output(), ids, is(not(empty())));
    return ids;
  }
}
