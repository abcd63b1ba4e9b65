package org.irisgraph.source;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.files.InputFiles;
import org.irisgraph.runner.StopRequests;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that globs name, for ever: at first all of them, then what is new or has changed. It
 * ends when the run is asked to stop.
 *
 * <p>Nothing is remembered in checkpoints: after a restart all files are given again, and the
 * ledger knows which of their documents are unchanged. A state of our own would grow with the
 * directory, be written every few seconds, and could not know more.
 */
final class WatchedFiles extends UnboundedSource<FileChange, WatchedFiles.NothingToRemember> {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

  private final List<String> globs;
  private final Duration interval;
  private final String runId;

  WatchedFiles(List<String> globs, Duration interval, String runId) {
    this.globs = List.copyOf(globs);
    this.interval = interval;
    this.runId = runId;
  }

  /** One reader looks at all globs, since a file that two of them name is one file. */
  @Override
  public List<WatchedFiles> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<FileChange> createReader(
      PipelineOptions options, @Nullable NothingToRemember mark) {
    return new Reader();
  }

  @Override
  public Coder<NothingToRemember> getCheckpointMarkCoder() {
    return SerializableCoder.of(NothingToRemember.class);
  }

  @Override
  public Coder<FileChange> getOutputCoder() {
    return SerializableCoder.of(FileChange.class);
  }

  /** The state of the watch in a checkpoint. */
  record NothingToRemember() implements CheckpointMark, Serializable {

    @Override
    public void finalizeCheckpoint() {
      // There is nobody to tell.
    }
  }

  private final class Reader extends UnboundedReader<FileChange> {

    private final FileWatch watch = new FileWatch(interval);
    private final Queue<FileChange> waiting = new ArrayDeque<>();
    private long nextLookNanos = System.nanoTime();
    private @Nullable String lastProblem;
    private @Nullable FileChange current;

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (isStopped()) {
        waiting.clear();
      } else if (waiting.isEmpty() && System.nanoTime() - nextLookNanos >= 0) {
        look();
        // From the end of a look, so that a slow file system is not looked at all the time.
        nextLookNanos = System.nanoTime() + interval.toNanos();
      }
      current = waiting.poll();
      return current != null;
    }

    /** A file system may be away for a while; what it has then is found once it is back. */
    private void look() {
      try {
        waiting.addAll(watch.changes(InputFiles.match(globs), System.currentTimeMillis()));
        lastProblem = null;
      } catch (IOException | RuntimeException e) {
        if (!e.toString().equals(lastProblem)) {
          LOG.warn("the input cannot be looked at and is tried again every {}", interval, e);
        }
        lastProblem = e.toString();
      }
    }

    @Override
    public FileChange getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(getCurrent().file().modifiedMillis());
    }

    /** Nothing downstream waits for it, but for the end. */
    @Override
    public Instant getWatermark() {
      return isStopped() && current == null
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    @Override
    public NothingToRemember getCheckpointMark() {
      return new NothingToRemember();
    }

    @Override
    public UnboundedSource<FileChange, NothingToRemember> getCurrentSource() {
      return WatchedFiles.this;
    }

    @Override
    public void close() {
      // No file is held open.
    }

    private boolean isStopped() {
      return StopRequests.isAsked(runId);
    }
  }
}
