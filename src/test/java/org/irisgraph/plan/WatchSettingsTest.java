package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchSettingsTest {

  private static final KnownOptions KNOWN = new KnownOptions();

  @TempDir private Path directory;
  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @BeforeEach
  void watchOnEmbeddedFlink() throws Exception {
    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setFlinkMaster("[local]");
    options.setWatch("30s");
    options.setInput(List.of(directory + "/**.txt"));
    options.setDictionary(Files.writeString(directory.resolve("terms.tsv"), "a\tb\n").toString());
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "24h,PT24H", "' 1s',PT1S"})
  void readsANumberWithItsUnit(String value, Duration duration) {
    options.setWatch(value);

    assertThat(WatchSettings.interval(options), is(Optional.of(duration)));
    new SettingsValidator(KNOWN, options).validate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "1 s", "30S", "1d", "1s1s", "true"})
  void refusesWhatIsNoDuration(String value) {
    options.setWatch(value);

    assertThat(
        problems(),
        contains(
            "watch must be a whole number with a unit of ms, s, m or h, as in 30s, not \"%s\""
                .formatted(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "99ms", "25h", "999999999h"})
  void refusesTooShortAndTooLongOnes(String value) {
    options.setWatch(value);

    assertThat(problems(), contains("watch must be between 100ms and 24h"));
  }

  @Test
  void watchesAFolderThatIsStillEmpty() {
    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    options.setInput(List.of(directory + "/incomming/*.txt"));

    assertThat(
        problems(),
        contains(
            "input \"%1$s/incomming/*.txt\": there is no folder %1$s/incomming to watch; create it,"
                    .formatted(directory)
                + " or correct the name"));
  }

  @Test
  void needsEmbeddedFlink() {
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    options.setRunner(DirectRunner.class);

    assertThat(problems(), contains(startsWith("watch needs Flink inside this JVM")));

    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setFlinkMaster("cluster:8081");
    assertThat(problems(), contains(startsWith("watch needs Flink inside this JVM")));
  }

  @Test
  void refusesWhatNeedsAnEnd() {
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    options.setDeleteMissing(true);
    options.setWriteMode(WriteMode.INSERT);
    options.setDeferIndexes(true);

    assertThat(
        problems(),
        contains(
            startsWith("deleteMissing is for runs that read all of the input"),
            startsWith("deferIndexes is for runs that end"),
            startsWith("writeMode=insert is for the first load")));
  }

  @Test
  void leavesRunsAloneThatDoNotWatch() throws Exception {
    Files.writeString(directory.resolve("one.txt"), "Asthma.");
    options.setWatch(null);
    options.setRunner(DirectRunner.class);
    options.setDeleteMissing(true);

    new SettingsValidator(KNOWN, options).validate();
    assertThat(WatchSettings.interval(options), is(Optional.empty()));
  }

  @Test
  void makesFlinkReadyButForWhatIsSet() {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setCheckpointingInterval(7000L);

    WatchSettings.prepare(flink);

    assertThat(flink.isStreaming(), is(true));
    assertThat(flink.getShutdownSourcesAfterIdleMs(), is(0L));
    assertThat(flink.getFinishBundleBeforeCheckpointing(), is(true));
    assertThat(flink.getCheckpointingInterval(), is(7000L));
    assertThat(flink.getNumberOfExecutionRetries(), is(3));
    assertThat(flink.getExecutionRetryDelay(), is(10_000L));
  }

  private List<String> problems() {
    return assertThrows(
            UsageException.class, () -> new SettingsValidator(KNOWN, options).validate())
        .problems();
  }
}
