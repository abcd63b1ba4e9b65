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
import org.irisgraph.files.InputFiles;
import org.irisgraph.runner.StopRequests;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unbounded source of the files that globs match: first all of them, then new and changed ones. It
 * ends when the run is asked to stop.
 *
 * <p>Checkpoints hold no state: after a restart all files are emitted again, and the ledger knows
 * which of their documents are unchanged. State here would grow with the directory, be written
 * every few seconds, and add nothing.
 */
final class WatchedFiles extends UnboundedSource<FileChange, WatchedFiles.NoState> {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

  private final List<String> globs;
  private final @Nullable String base;
  private final Duration interval;
  private final String runId;

  WatchedFiles(List<String> globs, @Nullable String base, Duration interval, String runId) {
    this.globs = List.copyOf(globs);
    this.base = base;
    this.interval = interval;
    this.runId = runId;
  }

  /** A single reader scans all globs, since two of them may match the same file. */
  @Override
  public List<WatchedFiles> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<FileChange> createReader(PipelineOptions options, @Nullable NoState mark) {
    return new Reader();
  }

  @Override
  public Coder<NoState> getCheckpointMarkCoder() {
    return SerializableCoder.of(NoState.class);
  }

  @Override
  public Coder<FileChange> getOutputCoder() {
    return SerializableCoder.of(FileChange.class);
  }

  /** The empty state of the watch in a checkpoint. */
  record NoState() implements CheckpointMark, Serializable {

    @Override
    public void finalizeCheckpoint() {
      // There is no state to commit.
    }
  }

  private final class Reader extends UnboundedReader<FileChange> {

    private final FileWatch watch = new FileWatch(interval);
    private final Queue<FileChange> changes = new ArrayDeque<>();
    private long nextScanNanos = System.nanoTime();
    private @Nullable String lastProblem;
    private @Nullable FileChange current;

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (isStopped()) {
        changes.clear();
      } else if (changes.isEmpty() && System.nanoTime() - nextScanNanos >= 0) {
        scan();
        // Counted from the end of a scan, so that a slow file system is not scanned without a
        // pause.
        nextScanNanos = System.nanoTime() + interval.toNanos();
      }
      current = changes.poll();
      return current != null;
    }

    /** Scans the globs; an unavailable file system is scanned again later. */
    private void scan() {
      try {
        changes.addAll(watch.changes(InputFiles.match(globs, base), System.currentTimeMillis()));
        lastProblem = null;
      } catch (IOException | RuntimeException e) {
        if (!e.toString().equals(lastProblem)) {
          LOG.warn("the input cannot be scanned and is tried again every {}", interval, e);
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

    /** Only the end matters: no stage downstream depends on the watermark before. */
    @Override
    public Instant getWatermark() {
      return isStopped() && current == null
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    @Override
    public NoState getCheckpointMark() {
      return new NoState();
    }

    @Override
    public UnboundedSource<FileChange, NoState> getCurrentSource() {
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
