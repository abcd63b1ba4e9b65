package org.irisgraph.iris;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.iris.spec.RejectedRow;

/**
 * The outputs of {@link IrisIO.Write}: stored elements and rejected rows, in the input's windows.
 */
public final class WriteResult<T> implements POutput {

  private final Pipeline pipeline;
  private final TupleTag<T> committedTag;
  private final PCollection<T> committed;
  private final TupleTag<RejectedRow> rejectedTag;
  private final PCollection<RejectedRow> rejected;

  WriteResult(
      Pipeline pipeline,
      TupleTag<T> committedTag,
      PCollection<T> committed,
      TupleTag<RejectedRow> rejectedTag,
      PCollection<RejectedRow> rejected) {
    this.pipeline = pipeline;
    this.committedTag = committedTag;
    this.committed = committed;
    this.rejectedTag = rejectedTag;
    this.rejected = rejected;
  }

  /**
   * The stored elements, each after the commit of its last transaction, including elements with
   * rows in {@link #rejected}.
   */
  public PCollection<T> committed() {
    return committed;
  }

  /**
   * The bad rows. An element of which nothing is stored appears with those that are the reason, not
   * with its others.
   */
  public PCollection<RejectedRow> rejected() {
    return rejected;
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(committedTag, committed, rejectedTag, rejected);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
