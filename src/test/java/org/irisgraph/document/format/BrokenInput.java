package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;

/** Gives some bytes and then fails. */
public final class BrokenInput extends InputStream {

  private final byte[] bytes;
  private final IOException failure;
  private int next;

  public BrokenInput(byte[] bytes, IOException failure) {
    this.bytes = bytes;
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    if (next == bytes.length) {
      throw failure;
    }
    return bytes[next++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (next == bytes.length) {
      throw failure;
    }
    int read = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, target, offset, read);
    next += read;
    return read;
  }
}
