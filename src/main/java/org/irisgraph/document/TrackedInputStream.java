package org.irisgraph.document;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is read, and keeps the failure of the stream below, because parsers and decompressors
 * replace it by exceptions of their own.
 */
public final class TrackedInputStream extends BlockInputStream {

  private final InputStream in;
  private long count;
  private long limit = Long.MAX_VALUE;
  private @Nullable ReadException beyondLimit;
  private @Nullable IOException failure;

  public TrackedInputStream(InputStream in) {
    this.in = in;
  }

  /** The number of bytes that were read. */
  public long count() {
    return count;
  }

  /** Sets the number of bytes after which reading fails with this exception. */
  public void limit(long bytes, ReadException exception) {
    limit = bytes;
    beyondLimit = exception;
  }

  /** Why the stream could not be read, or null. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** Why the stream could not be read, else what its reader made of that. */
  public IOException failureOr(IOException other) {
    return failure != null ? failure : other;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      if (beyondLimit != null && count > limit) {
        throw beyondLimit;
      }
      return read;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
