package org.irisgraph.document.format;

import java.io.InputStream;

/** Gives the same bytes again and again, to make large content without holding it. */
final class RepeatedInput extends InputStream {

  private final byte[] unit;
  private final long length;
  private long position;

  RepeatedInput(byte[] unit, long times) {
    this.unit = unit;
    this.length = unit.length * times;
  }

  /** How much has been read. */
  long position() {
    return position;
  }

  @Override
  public int read() {
    return position == length ? -1 : unit[(int) (position++ % unit.length)] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) {
    if (position == length) {
      return -1;
    }
    int start = (int) (position % unit.length);
    int read = Math.min(wanted, unit.length - start);
    System.arraycopy(unit, start, bytes, offset, read);
    position += read;
    return read;
  }
}
