package org.irisgraph.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Row;
import org.joda.time.Duration;

/** The pipelines that are set side by side: the same documents into one sink or the other. */
final class SinkPipelines {

  /** Rows of one table in one transaction, IrisIO's default and JdbcIO's. */
  static final int BATCH_ROWS = 1000;

  private static final int PARALLELISM = 2;

  /** How long unbounded input may wait for its batch; JdbcIO's default. */
  private static final Duration MAX_BUFFERING = Duration.millis(200);

  private SinkPipelines() {}

  /** What runs a pipeline, with the settings that runner-configs gives it. */
  enum Runner {
    DIRECT("DirectRunner", 1) {
      @Override
      PipelineOptions options() {
        DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
        options.setRunner(DirectRunner.class);
        options.setTargetParallelism(PARALLELISM);
        options.setEnforceEncodability(false);
        options.setEnforceImmutability(false);
        return options;
      }
    },
    FLINK("FlinkRunner", 4) {
      @Override
      PipelineOptions options() {
        FlinkPipelineOptions options =
            PipelineOptionsFactory.create().as(FlinkPipelineOptions.class);
        options.setRunner(FlinkRunner.class);
        options.setFlinkMaster("[local]");
        options.setFilesToStage(List.of());
        options.setParallelism(PARALLELISM);
        options.setStreaming(true);
        options.setShutdownSourcesAfterIdleMs(0L);
        options.setFasterCopy(true);
        return options;
      }
    };

    final String label;

    /** As the option {@code shards} has it by default. */
    private final int shardsPerWriter;

    Runner(String label, int shardsPerWriter) {
      this.label = label;
      this.shardsPerWriter = shardsPerWriter;
    }

    abstract PipelineOptions options();
  }

  /** Writes so many documents with {@link IrisIO}. */
  static void irisIo(
      Runner runner, boolean bounded, WriteMode mode, ConnectionSettings settings, int documents) {
    Pipeline pipeline = Pipeline.create(runner.options());
    IrisIO.Write<BenchmarkDocument> write =
        IrisIO.<BenchmarkDocument>write()
            .withConnection(settings)
            .withTables(BenchmarkDocument.writes())
            .withElementKey(BenchmarkDocument::id)
            .withElementRows(document -> BenchmarkDocument.RELATIONSHIPS)
            .withBatchRows(BATCH_ROWS)
            .withWriteMode(mode)
            .withShards(runner.shardsPerWriter * settings.writers());
    documents(pipeline, bounded, documents)
        .apply(bounded ? write : write.withMaxBufferingDuration(MAX_BUFFERING));
    run(pipeline);
  }

  /** Writes so many documents with {@link JdbcIO}, a transform for each table. */
  static void jdbcIo(
      Runner runner, boolean bounded, JdbcIO.DataSourceConfiguration source, int documents) {
    Pipeline pipeline = Pipeline.create(runner.options());
    PCollection<BenchmarkDocument> input = documents(pipeline, bounded, documents);
    jdbcIo(input, source, "Documents", BenchmarkDocument::documentRows, 2);
    jdbcIo(input, source, "Entities", BenchmarkDocument::entityRows, 3);
    jdbcIo(input, source, "Relationships", BenchmarkDocument::relationshipRows, 3);
    run(pipeline);
  }

  private static void jdbcIo(
      PCollection<BenchmarkDocument> documents,
      JdbcIO.DataSourceConfiguration source,
      String table,
      SerializableFunction<BenchmarkDocument, List<Row>> rows,
      int columns) {
    documents
        .apply(
            table,
            FlatMapElements.into(TypeDescriptors.lists(TypeDescriptors.strings()))
                .via(document -> values(rows.apply(document), columns)))
        .apply(
            "Write" + table,
            JdbcIO.<List<String>>write()
                .withDataSourceConfiguration(source)
                .withStatement(
                    "INSERT INTO B.%s VALUES (?, ?%s)".formatted(table, columns == 2 ? "" : ", ?"))
                .withPreparedStatementSetter(
                    (row, statement) -> {
                      for (int i = 0; i < columns; i++) {
                        statement.setString(i + 1, row.get(i));
                      }
                    }));
  }

  private static List<List<String>> values(List<Row> rows, int columns) {
    List<List<String>> values = new ArrayList<>(rows.size());
    for (Row row : rows) {
      List<String> texts = new ArrayList<>(columns);
      for (int i = 0; i < columns; i++) {
        texts.add((String) row.get(i));
      }
      values.add(texts);
    }
    return values;
  }

  private static PCollection<BenchmarkDocument> documents(
      Pipeline pipeline, boolean bounded, int documents) {
    TypeDescriptor<BenchmarkDocument> type = TypeDescriptor.of(BenchmarkDocument.class);
    PCollection<BenchmarkDocument> made =
        bounded
            ? pipeline
                .apply(GenerateSequence.from(0).to(documents))
                .apply(
                    MapElements.into(type)
                        .via(number -> BenchmarkDocument.of(Math.toIntExact(number))))
            : pipeline
                .apply(Read.from(new DocumentStream(documents)))
                .apply(MapElements.into(type).via(BenchmarkDocument::of));
    return made.setCoder(new BenchmarkDocumentCoder());
  }

  private static void run(Pipeline pipeline) {
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
  }
}
