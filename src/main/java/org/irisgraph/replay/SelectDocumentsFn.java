package org.irisgraph.replay;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.graph.Document;
import org.irisgraph.source.HashedDocument;

/**
 * Outputs the selected documents, and separately the other documents of sources that are read as a
 * whole; drops the rest.
 */
final class SelectDocumentsFn extends DoFn<HashedDocument, HashedDocument> {

  private final ReplaySelection selection;
  private final TupleTag<HashedDocument> named;
  private final TupleTag<HashedDocument> others;

  SelectDocumentsFn(
      ReplaySelection selection, TupleTag<HashedDocument> named, TupleTag<HashedDocument> others) {
    this.selection = selection;
    this.named = named;
    this.others = others;
  }

  @ProcessElement
  public void processElement(@Element HashedDocument element, MultiOutputReceiver output) {
    Document document = element.document();
    if (selection.isNamed(document.id(), document.origin())) {
      output.get(named).output(element);
    } else if (selection.isWhole(document.origin().source())) {
      output.get(others).output(element);
    }
  }
}
