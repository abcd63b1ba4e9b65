package org.irisgraph.shipped;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.StreamingOptions;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.Settings;
import org.irisgraph.options.SettingsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line accepts every shipped settings file. */
class ShippedSettingsTest {

  static List<Path> shipped() throws IOException {
    try (Stream<Path> pipelines = Files.list(Path.of("pipelines"));
        Stream<Path> runners = Files.list(Path.of("runner-configs"))) {
      return Stream.concat(pipelines, runners)
          .filter(path -> path.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void areFound() throws IOException {
    assertThat(shipped().size(), is(greaterThanOrEqualTo(4)));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void haveKnownKeysAndGoodValues(Path path) {
    IndexingOptions options = read(path);

    // Each value is asked for, since Beam parses some of them only then.
    for (OptionDeclaration option : new KnownOptions().ours()) {
      option.get(options);
    }
  }

  @Test
  void runTheQuickstartInAnEmbeddedDatabase() {
    IndexingOptions options =
        read(Path.of("pipelines/quickstart.yaml"), Path.of("runner-configs/direct.yaml"));

    assertThat(options.getPipeline(), is("quickstart"));
    assertThat(options.getInputFormat(), is(InputFormat.JATS));
    assertThat(options.getCreateTables(), is(true));
    assertThat(options.getRunner() == DirectRunner.class, is(true));
    assertThat(options.as(DirectOptions.class).isEnforceImmutability(), is(false));
    assertThat(options.as(DirectOptions.class).isEnforceEncodability(), is(false));
  }

  @Test
  void streamOnEmbeddedFlink() {
    IndexingOptions options = read(Path.of("runner-configs/flink-local.yaml"));

    assertThat(options.getRunner() == FlinkRunner.class, is(true));
    assertThat(options.as(FlinkPipelineOptions.class).getFlinkMaster(), is("[local]"));
    assertThat(options.as(FlinkPipelineOptions.class).getShutdownSourcesAfterIdleMs(), is(0L));
    assertThat(options.as(StreamingOptions.class).isStreaming(), is(true));
  }

  private static IndexingOptions read(Path... paths) {
    List<SettingsFile> files = Stream.of(paths).map(SettingsFile::read).toList();
    return new Settings(new KnownOptions(), files, List.of()).toOptions();
  }
}
