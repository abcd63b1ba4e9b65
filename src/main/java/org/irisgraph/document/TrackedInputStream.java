package org.irisgraph.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is read, and remembers the failure of the stream below, because parsers and
 * decompressors replace it by exceptions of their own.
 */
public final class TrackedInputStream extends FilterInputStream {

  private long count;
  private long limit = Long.MAX_VALUE;
  private @Nullable ReadException beyondLimit;
  private @Nullable IOException failure;

  public TrackedInputStream(InputStream in) {
    super(in);
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

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int read = super.read(bytes, offset, length);
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
  public long skip(long bytes) throws IOException {
    return readNBytes((int) Math.min(bytes, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
