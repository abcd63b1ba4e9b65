package org.irisgraph.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.extract.ExtractedGraph;
import org.irisgraph.extract.ExtractionSettings;
import org.irisgraph.extract.Extractors;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graphrag.LedgerSettings;
import org.irisgraph.graphrag.Metadata;

/** Finds the entities and relationships of documents; one that defeats an extractor is named. */
final class ExtractGraphFn extends DoFn<HashedDocument, DocumentGraph> {

  private final ExtractionSettings settings;
  private final CarriedFiles files;
  private final LedgerSettings ledger;
  private final int metadataLength;
  private final boolean inPlace;
  private final Counter extracted = Metrics.counter(IndexingPipeline.class, "documents.extracted");
  private final Counter failed = Metrics.counter(IndexingPipeline.class, "documents.failed");

  private transient GraphExtractor extractor;

  /**
   * Extracts as the settings say.
   *
   * @param files what the settings name and the job brings along
   * @param ledger with the run, and the settings' fingerprint when it began
   * @param metadataLength the most characters of metadata that can be stored
   * @param inPlace whether the document is stored already, so that its text need not travel on
   */
  ExtractGraphFn(
      ExtractionSettings settings,
      CarriedFiles files,
      LedgerSettings ledger,
      int metadataLength,
      boolean inPlace) {
    this.settings = settings;
    this.files = files;
    this.ledger = ledger;
    this.metadataLength = metadataLength;
    this.inPlace = inPlace;
  }

  @Setup
  public void setup() throws IOException {
    Extractors extractors = Extractors.load(settings, files);
    if (!extractors.fingerprint().equals(ledger.fingerprint())) {
      throw new IOException(
          "the dictionary, the model or a file of patterns has changed since the run began: run it again");
    }
    extractor = extractors.graphExtractor();
  }

  @ProcessElement
  public void processElement(
      @Element HashedDocument element, OutputReceiver<DocumentGraph> output) {
    if (StopRequests.contains(ledger.runId())) {
      return;
    }
    Document document = element.document();
    long start = System.nanoTime();
    ExtractedGraph graph;
    try {
      graph = extractor.extract(document);
    } catch (RuntimeException | StackOverflowError e) {
      failed.inc();
      output.output(
          DocumentGraph.failed(
              document.id(),
              document.origin(),
              new Failure(
                  Failure.Stage.EXTRACT, e.getClass().getSimpleName(), "" + e.getMessage())));
      return;
    }
    Metadata.Fitted metadata = Metadata.fit(document.metadata(), metadataLength);
    extracted.inc();
    output.output(
        new DocumentGraph(
            document.id(),
            document.origin(),
            inPlace ? "" : document.text(),
            metadata.json(),
            metadata.keysCut(),
            element.contentHash(),
            graph.entities(),
            graph.relationships(),
            (int) Math.min(Integer.MAX_VALUE, graph.droppedPairs()),
            (System.nanoTime() - start) / 1e6,
            null));
  }
}
