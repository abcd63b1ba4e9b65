package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.awaitility.Awaitility;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.Row;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedFlinkIT {

  @TempDir private Path directory;

  @Test
  void runsAPipelineThatWritesIntoAnEmbeddedDatabaseOfThisJvm() throws Exception {
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:h2:mem:" + UUID.randomUUID(), null, PasswordReference.of(null), Map.of(), 2);
    try (EmbeddedFlink flink = EmbeddedFlink.start(2, directory);
        Connection connection = Database.connect(settings)) {
      connection.createStatement().execute("CREATE SCHEMA T");
      connection.createStatement().execute("CREATE TABLE T.Words (word VARCHAR(50) PRIMARY KEY)");
      FlinkPipelineOptions options = PipelineOptionsFactory.create().as(FlinkPipelineOptions.class);
      options.setRunner(FlinkRunner.class);
      options.setFlinkMaster(flink.master());
      options.setParallelism(2);
      options.setStreaming(true);
      // As runs do: without a file, Beam uploads all jars of the class path.
      options.setFilesToStage(List.of(EmptyJar.in(directory).toString()));
      options.setShutdownSourcesAfterIdleMs(0L);
      Pipeline pipeline = Pipeline.create(options);
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        words.add("word" + i);
      }
      pipeline
          .apply(Create.of(words).withCoder(StringUtf8Coder.of()))
          .apply(
              IrisIO.<String>write()
                  .withConnection(settings)
                  .withElementKey(word -> word)
                  .withTables(
                      List.of(
                          TableWrite.<String>into("T.Words")
                              .withColumns("word")
                              .withKey("word")
                              .withRows(word -> List.of(Row.of(word))))));
      pipeline.run().waitUntilFinish();
      try (ResultSet rows =
          connection.createStatement().executeQuery("SELECT COUNT(*) FROM T.Words")) {
        rows.next();
        assertThat(rows.getInt(1), is(1000));
      }
    }
  }

  @Test
  void describesItselfAsAClusterElsewhereDoes() throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(2, directory)) {
      IndexingOptions options = PipelineOptionsFactory.create().as(IndexingOptions.class);
      FlinkPipelineOptions ofFlink = options.as(FlinkPipelineOptions.class);
      ofFlink.setFlinkMaster(flink.master());
      ofFlink.setParallelism(3);

      // Until it has elected its leader, it answers that it is not available.
      ClusterReport report =
          Awaitility.await()
              .ignoreExceptions()
              .until(() -> ClusterJobs.report(options), is(notNullValue()));

      assertThat(report.slots(), is(2));
      assertThat(report.warning(), containsString("parallelism=3 needs as many slots"));
      assertThat(report.environment(), containsString("flink-runtime"));
    }
  }
}
