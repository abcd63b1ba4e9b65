package org.irisgraph.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.LanguageModel;
import org.irisgraph.extract.llm.ResponseFormat;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.llmcache.DatabaseCompletionCache;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.ShippedFiles;
import org.irisgraph.runner.LocalWork;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.HashedDocument;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a language model about a batch of documents and builds the graph of each. */
final class AskLanguageModelFn extends DoFn<KV<Integer, Iterable<HashedDocument>>, DocumentGraph> {

  private final ExtractionSettings settings;
  private final ShippedFiles files;
  private final LedgerSettings ledger;
  private final int metadataLength;
  private final boolean inPlace;
  private final WorkerDatabase database;
  private final ModelPlan plan;
  private final ResponseFormat format;

  @SuppressWarnings("NullAway.Init") // Set by setup().
  private transient DocumentExtraction extraction;

  @SuppressWarnings("NullAway.Init") // Set by setup().
  private transient Extractors extractors;

  private transient @Nullable LanguageModel model;

  AskLanguageModelFn(RunPlan run) {
    this.settings = run.extraction().settings();
    this.files = run.extraction().files();
    this.ledger = run.ledger();
    this.metadataLength = run.metadataLength();
    this.inPlace = IndexingPipeline.dropsText(run);
    this.plan = ModelPlan.of(run.options());
    this.format = run.options().getLlmResponseFormat();
    this.database =
        new WorkerDatabase(
            run.connection(), Duration.standardSeconds(run.options().getRetrySeconds()));
  }

  @Setup
  public void setup() throws IOException {
    extraction = new DocumentExtraction(metadataLength, inPlace);
    extractors = DocumentExtraction.load(settings, files, ledger);
    database.open();
    model =
        LanguageModel.open(extractors.prompt().orElseThrow(), plan.endpoint(), format, plan.key());
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<HashedDocument>> batch, OutputReceiver<DocumentGraph> output)
      throws ModelException, InterruptedException {
    if (isStopped()) {
      return;
    }
    List<HashedDocument> elements = new ArrayList<>();
    batch.getValue().forEach(elements::add);
    long start = System.nanoTime();
    AnswerExtractor answers =
        requireNonNull(model)
            .ask(
                elements.stream().map(element -> element.document().text()).toList(),
                new DatabaseCompletionCache(
                    plan.tables(), database.get(), ledger.runId(), database.retryFor()),
                this::isStopped);
    double millisForEach = (System.nanoTime() - start) / 1e6 / elements.size();
    GraphExtractor extractor = extractors.answeredBy(answers).graphExtractor();
    for (HashedDocument element : elements) {
      Document document = element.document();
      // A document given up is not in the ledger, so the next run extracts it.
      if (answers.has(document)) {
        LocalWork.of(ledger.runId()).addExtracted();
        output.output(
            answers
                .rejection(document)
                .map(why -> extraction.failed(element, why.code(), why.message()))
                .orElseGet(() -> extraction.extract(element, extractor, millisForEach)));
      }
    }
  }

  @Teardown
  public void teardown() {
    if (model != null) {
      model.close();
      model = null;
    }
    database.close();
  }

  private boolean isStopped() {
    return StopRequests.contains(ledger.runId());
  }
}
