package org.irisgraph.benchmark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * The numbers of documents as unbounded input, as a queue would give them: in the small bundles of
 * the runner, without a pause. After the last one its watermark says that nothing will follow, so
 * that the pipeline ends.
 */
final class DocumentStream extends UnboundedSource<Integer, DocumentStream.Position> {

  /** The number that is read next. */
  record Position(int next) implements UnboundedSource.CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  private static final Instant TIME = Instant.EPOCH;

  private final int first;
  private final int step;
  private final int documents;

  DocumentStream(int documents) {
    this(0, 1, documents);
  }

  private DocumentStream(int first, int step, int documents) {
    this.first = first;
    this.step = step;
    this.documents = documents;
  }

  @Override
  public List<DocumentStream> split(int desiredSplits, PipelineOptions options) {
    List<DocumentStream> splits = new ArrayList<>();
    for (int i = 0; i < desiredSplits; i++) {
      splits.add(new DocumentStream(first + i * step, step * desiredSplits, documents));
    }
    return splits;
  }

  @Override
  public UnboundedReader<Integer> createReader(
      PipelineOptions options, @Nullable Position position) {
    return new Reader(this, position == null ? first : position.next());
  }

  @Override
  public Coder<Position> getCheckpointMarkCoder() {
    return SerializableCoder.of(Position.class);
  }

  @Override
  public Coder<Integer> getOutputCoder() {
    return VarIntCoder.of();
  }

  private static final class Reader extends UnboundedReader<Integer> {

    private final DocumentStream source;
    private int next;
    private int current = -1;

    private Reader(DocumentStream source, int next) {
      this.source = source;
      this.next = next;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (next >= source.documents) {
        return false;
      }
      current = next;
      next += source.step;
      return true;
    }

    @Override
    public Integer getCurrent() {
      if (current < 0) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return TIME;
    }

    @Override
    public Instant getWatermark() {
      return next >= source.documents ? BoundedWindow.TIMESTAMP_MAX_VALUE : TIME;
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Position(next);
    }

    @Override
    public UnboundedSource<Integer, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
