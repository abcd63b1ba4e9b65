package org.irisgraph.run;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.pipeline.ExtractGraphFn;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.HashedDocument;

/** Slows down extraction to a given time for each document, as a model would. */
final class SlowExtraction extends DoFn<HashedDocument, DocumentGraph> {

  private final ExtractGraphFn extraction;
  private final long millis;

  SlowExtraction(RunPlan plan, long millis) {
    this.extraction =
        new ExtractGraphFn(
            plan.extraction().settings(),
            plan.extraction().files(),
            plan.ledger(),
            plan.metadataLength(),
            false);
    this.millis = millis;
  }

  @Setup
  public void setup() throws IOException {
    extraction.setup();
  }

  @ProcessElement
  public void processElement(@Element HashedDocument element, OutputReceiver<DocumentGraph> output)
      throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
    extraction.processElement(element, output);
  }
}
