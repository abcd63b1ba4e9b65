package org.irisgraph.pipeline;

import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.irisgraph.extract.ContentKeyedCache;
import org.irisgraph.extract.ExtractedGraph;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graphrag.Metadata;
import org.irisgraph.graphrag.PassageMetadata;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.plan.ShippedFiles;
import org.irisgraph.source.DocumentCounters;
import org.irisgraph.source.HashedDocument;
import org.jspecify.annotations.Nullable;

/** Builds a document's graph; reports a document on which an extractor fails. */
final class DocumentExtraction {

  private static final ContentKeyedCache<Extractors> LOADED = new ContentKeyedCache<>();

  private final int metadataLength;
  private final boolean inPlace;
  private final Counter extracted = DocumentCounters.of("extracted");
  private final Counter failed = DocumentCounters.of("failed");

  /**
   * Fits metadata to the column.
   *
   * @param metadataLength the longest metadata that can be stored, in characters
   * @param inPlace whether the text is stored already and can be dropped
   */
  DocumentExtraction(int metadataLength, boolean inPlace) {
    this.metadataLength = metadataLength;
    this.inPlace = inPlace;
  }

  /**
   * Loads the extractors of a run on a worker, unless another thread uses them already.
   *
   * @param ledger with the settings' fingerprint when the run began
   * @throws IOException if they differ from those at the start of the run
   */
  static Extractors load(ExtractionSettings settings, ShippedFiles files, LedgerSettings ledger)
      throws IOException {
    return LOADED.get(ledger.fingerprint().extraction(), () -> loadAnew(settings, files, ledger));
  }

  private static Extractors loadAnew(
      ExtractionSettings settings, ShippedFiles files, LedgerSettings ledger) throws IOException {
    Extractors extractors = Extractors.load(settings, files);
    if (!extractors.fingerprint().equals(ledger.fingerprint().extraction())) {
      throw new IOException(
          "the dictionary, the model, a pattern file or the language model's instructions"
              + " have changed since the run began: start it again");
    }
    return extractors;
  }

  /**
   * The graph of a document, or the reason why there is none.
   *
   * @param millisBefore the time already spent on the document
   */
  DocumentGraph extract(HashedDocument element, GraphExtractor extractor, double millisBefore) {
    Document document = element.document();
    long start = System.nanoTime();
    ExtractedGraph graph;
    try {
      graph = extractor.extract(document);
    } catch (RuntimeException | StackOverflowError e) {
      return failed(element, e.getClass().getSimpleName(), "" + e.getMessage());
    }
    Map<String, @Nullable Object> described = Metadata.of(document);
    Metadata.Fitted metadata = Metadata.fit(described, metadataLength);
    Metadata.Fitted ofPassages =
        graph.passages().isEmpty()
            ? metadata
            : PassageMetadata.fit(described, document.id(), graph.passages(), metadataLength);
    extracted.inc();
    return DocumentGraph.builder()
        .setDocumentId(document.id())
        .setOrigin(document.origin())
        .setText(inPlace ? "" : document.text())
        .setMetadata(metadata.json())
        .setMetadataKeysCut(ofPassages.keysCut())
        .setContentHash(element.contentHash())
        .setEntities(graph.entities())
        .setRelationships(graph.relationships())
        .setPassages(graph.passages())
        .setPassageMetadata(graph.passages().isEmpty() ? null : ofPassages.json())
        .setRelationshipsDropped((int) Math.min(Integer.MAX_VALUE, graph.droppedPairs()))
        .setExtractionMillis(millisBefore + (System.nanoTime() - start) / 1e6)
        .build();
  }

  /** The result for a document that could not be extracted. */
  DocumentGraph failed(HashedDocument element, String code, String message) {
    failed.inc();
    Document document = element.document();
    return DocumentGraph.failed(
        document.id(),
        document.origin(),
        element.contentHash(),
        new Failure(Failure.Stage.EXTRACT, code, message));
  }
}
