package org.irisgraph.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.plan.ShippedFiles;
import org.irisgraph.runner.LocalWork;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.HashedDocument;

/** Extracts the entities and relationships of each document. */
public final class ExtractGraphFn extends DoFn<HashedDocument, DocumentGraph> {

  private final ExtractionSettings settings;
  private final ShippedFiles files;
  private final LedgerSettings ledger;
  private final int metadataLength;
  private final boolean inPlace;

  @SuppressWarnings("NullAway.Init") // Set by setup().
  private transient DocumentExtraction extraction;

  /** Kept, since the instances of a JVM share what is in use. */
  @SuppressWarnings("NullAway.Init") // Set by setup().
  private transient Extractors extractors;

  @SuppressWarnings("NullAway.Init") // Set by setup().
  private transient GraphExtractor extractor;

  /**
   * Configures the extraction.
   *
   * @param files the files of the settings that travel with the job
   * @param ledger names the run and the fingerprint of its settings
   * @param metadataLength the longest metadata that can be stored, in characters
   * @param inPlace whether the document is stored already, so that its text can be dropped
   */
  public ExtractGraphFn(
      ExtractionSettings settings,
      ShippedFiles files,
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
    extraction = new DocumentExtraction(metadataLength, inPlace);
    extractors = DocumentExtraction.load(settings, files, ledger);
    extractor = extractors.graphExtractor();
  }

  @ProcessElement
  public void processElement(
      @Element HashedDocument element, OutputReceiver<DocumentGraph> output) {
    if (!StopRequests.contains(ledger.runId())) {
      DocumentGraph graph = extraction.extract(element, extractor, 0);
      LocalWork.of(ledger.runId()).addExtracted();
      output.output(graph);
    }
  }
}
