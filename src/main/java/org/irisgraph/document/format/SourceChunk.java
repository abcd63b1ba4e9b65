package org.irisgraph.document.format;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.irisgraph.document.SourcePart;

/**
 * The unit of reading: some lines or records of a file, or all of it.
 *
 * @param format selects the reader, never {@link InputFormat#AUTO}
 * @param lines the bytes of the lines, in CSV after the header; empty if the file is to be opened
 *     and read as a whole
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content below.
public record SourceChunk(SourcePart part, InputFormat format, byte[] lines)
    implements Serializable {

  private static final byte[] NO_LINES = {};

  public SourceChunk {
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(lines, "lines");
  }

  static SourceChunk wholeFile(SourcePart part, InputFormat format) {
    return new SourceChunk(part, format, NO_LINES);
  }

  boolean isWholeFile() {
    return lines.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceChunk that
        && part.equals(that.part)
        && format == that.format
        && Arrays.equals(lines, that.lines);
  }

  @Override
  public int hashCode() {
    return Objects.hash(part, format) * 31 + Arrays.hashCode(lines);
  }
}
