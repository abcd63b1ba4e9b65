package org.irisgraph.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.LedgerSettings;
import org.irisgraph.plan.ShippedFiles;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.HashedDocument;

/** Finds the entities and relationships of documents, one by one. */
public final class ExtractGraphFn extends DoFn<HashedDocument, DocumentGraph> {

  private final ExtractionSettings settings;
  private final ShippedFiles files;
  private final LedgerSettings ledger;
  private final int metadataLength;
  private final boolean inPlace;

  private transient DocumentExtraction extraction;
  private transient GraphExtractor extractor;

  /**
   * Extracts as the settings say.
   *
   * @param files what the settings name and the job brings along
   * @param ledger with the run, and the settings' fingerprint when it began
   * @param metadataLength the most characters of metadata that can be stored
   * @param inPlace whether the document is stored already, so that its text need not travel on
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
    extractor = DocumentExtraction.load(settings, files, ledger).graphExtractor();
  }

  @ProcessElement
  public void processElement(
      @Element HashedDocument element, OutputReceiver<DocumentGraph> output) {
    if (!StopRequests.contains(ledger.runId())) {
      output.output(extraction.extract(element, extractor, 0));
    }
  }
}
