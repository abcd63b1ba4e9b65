package org.irisgraph.options;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.graph.NodeRule;
import org.irisgraph.jdbc.Dialects;
import org.jspecify.annotations.Nullable;

/** Defaults that depend on other options; Beam instantiates them by their public constructors. */
public final class DerivedDefaults {

  private DerivedDefaults() {}

  /** The default without a settings file but a runner's; else the command line sets its name. */
  public static final class PipelineName implements DescribedDefault<String> {
    @Override
    public String create(PipelineOptions options) {
      return "default";
    }

    @Override
    public String description() {
      return "the name without its ending of the first settings file that is not a runner's, else"
          + " \"default\"";
    }
  }

  /** The extractors whose options are set, else the one that needs none. */
  public static final class Extractors implements DescribedDefault<List<String>> {
    @Override
    public List<String> create(PipelineOptions options) {
      IndexingOptions indexing = options.as(IndexingOptions.class);
      List<String> extractors = new ArrayList<>();
      if (indexing.getDictionary() != null) {
        extractors.add("dictionary");
      }
      if (indexing.getPatterns() != null) {
        extractors.add("pattern");
      }
      if (indexing.getOnnxModel() != null) {
        extractors.add("onnx");
      }
      if (indexing.getLlmModel() != null) {
        extractors.add("llm");
      }
      if (extractors.isEmpty() || indexing.getNameModel() != null || indexing.getNames() != null) {
        extractors.add("opennlp");
      }
      return List.copyOf(extractors);
    }

    @Override
    public String description() {
      return "dictionary if dictionary is set, pattern if patterns is set, onnx if onnxModel is"
          + " set, llm if llmModel is set, ner if names or nameModel is set or none of them"
          + " is";
    }
  }

  /** Decided from the documents, when a run starts. */
  public static final class Names implements DescribedDefault<List<String>> {
    @Override
    public @Nullable List<String> create(PipelineOptions options) {
      return null;
    }

    @Override
    public String description() {
      return "the models of the pipeline's documents in the ledger, else by a sample of the input";
    }
  }

  /** All of them. */
  public static final class NodeRules implements DescribedDefault<List<String>> {
    @Override
    public List<String> create(PipelineOptions options) {
      return NodeRule.names();
    }

    @Override
    public String description() {
      return "all rules";
    }
  }

  /** Each file's own. */
  public static final class CsvDelimiter implements DescribedDefault<String> {
    @Override
    public @Nullable String create(PipelineOptions options) {
      return null;
    }

    @Override
    public String description() {
      return "a tab in files that end in .tsv, else a comma";
    }
  }

  /** The ledger is in the schema of the tables it describes. */
  public static final class LedgerSchema implements DescribedDefault<String> {
    @Override
    public String create(PipelineOptions options) {
      return options.as(IndexingOptions.class).getSchema();
    }

    @Override
    public String description() {
      return "the value of schema";
    }
  }

  /** Tables are created in an embedded database; on a server they may belong to others. */
  public static final class CreateTables implements DescribedDefault<Boolean> {
    @Override
    public Boolean create(PipelineOptions options) {
      return new DatabaseUrl(options.as(IndexingOptions.class).getJdbcUrl()).isEmbedded();
    }

    @Override
    public String description() {
      return "true for an embedded H2 database, else false";
    }
  }

  /** Documents are linked where the tables are ours, unless the load needs them unlinked. */
  public static final class Linking implements DescribedDefault<LinkEntities> {
    @Override
    public LinkEntities create(PipelineOptions options) {
      IndexingOptions indexing = options.as(IndexingOptions.class);
      List<String> hints = indexing.getIrisHints();
      return indexing.getCreateTables()
              && !indexing.isDeferIndexes()
              && (hints == null || !hints.contains("nocheck"))
          ? LinkEntities.SAME_AS
          : LinkEntities.NONE;
    }

    @Override
    public String description() {
      return "same_as if createTables is true, without deferIndexes and irisHints=nocheck; else"
          + " none";
    }
  }

  /** Sentences are stored where their tables can be created. */
  public static final class Evidence implements DescribedDefault<Boolean> {
    @Override
    public Boolean create(PipelineOptions options) {
      return options.as(IndexingOptions.class).getCreateTables();
    }

    @Override
    public String description() {
      return "the value of createTables";
    }
  }

  /** A few connections keep a server busy; H2 in a file gets one, see there. */
  public static final class Writers implements DescribedDefault<Integer> {
    private static final int WRITERS = 4;

    @Override
    public Integer create(PipelineOptions options) {
      return Math.min(WRITERS, Dialects.maxWriters(options.as(IndexingOptions.class).getJdbcUrl()));
    }

    @Override
    public String description() {
      return "1 for an H2 database in a file, else 4";
    }
  }

  /**
   * Enough shards to keep each writer busy, few enough for full batches. Flink assigns shards to
   * threads by hash, so that several per thread even out; the Direct runner gives a shard to any
   * free thread, at a cost per shard and bundle.
   */
  public static final class Shards implements DescribedDefault<Integer> {
    private static final int SHARDS_PER_WRITER = 4;

    @Override
    public Integer create(PipelineOptions options) {
      int writers = options.as(IndexingOptions.class).getWriters();
      return RunnerKind.isFlink(options) ? SHARDS_PER_WRITER * writers : writers;
    }

    @Override
    public String description() {
      return "4 times writers on Flink, as many as writers on the Direct runner";
    }
  }
}
