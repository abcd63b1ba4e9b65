package org.irisgraph.pipeline;

import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.extract.Passages;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.ledger.RenewalLedger;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.DocumentGraphCoder;
import org.irisgraph.source.HashedDocument;
import org.jspecify.annotations.Nullable;

/** Computes and stores the vectors of documents of which nothing but the model has changed. */
final class RenewVectors
    extends PTransform<PCollection<HashedDocument>, PCollection<DocumentGraph>> {

  private final RunPlan plan;
  private final EmbeddingSource source;

  RenewVectors(RunPlan plan, EmbeddingSource source) {
    this.plan = plan;
    this.source = source;
  }

  @Override
  public PCollection<DocumentGraph> expand(PCollection<HashedDocument> documents) {
    Passages passages = plan.extraction().settings().passages();
    return withStoredGraphs(
            documents
                .apply(
                    "DivideText",
                    MapElements.into(TypeDescriptor.of(DocumentGraph.class))
                        .via(element -> divided(element, passages)))
                .setCoder(new DocumentGraphCoder()))
        .apply("EmbedText", new EmbedText(plan, source))
        .apply(
            "WriteVectors",
            IndexingPipeline.sink(plan)
                .withTables(plan.tables().vectorWrites())
                .withOutcomes(new RenewalLedger(plan.ledger(), plan.tables()))
                .withWriteMode(WriteMode.UPSERT))
        .committed();
  }

  /** With the entities and relationships whose vectors are renewed, too. */
  private PCollection<DocumentGraph> withStoredGraphs(PCollection<DocumentGraph> documents) {
    return plan.tables().hasGraphVectors()
        ? documents
            .apply("ReadStoredGraph", ParDo.of(new ReadStoredGraphFn(plan)))
            .setCoder(new DocumentGraphCoder())
        : documents;
  }

  /** A document with nothing but its text and the passages that it is stored in. */
  private static DocumentGraph divided(HashedDocument element, @Nullable Passages passages) {
    Document document = element.document();
    DocumentGraph.Builder graph =
        DocumentGraph.builder()
            .setDocumentId(document.id())
            .setOrigin(document.origin())
            .setText(document.text())
            .setContentHash(element.contentHash());
    return passages == null
        ? graph.build()
        : graph.setPassages(passages.of(document.text())).build();
  }
}
