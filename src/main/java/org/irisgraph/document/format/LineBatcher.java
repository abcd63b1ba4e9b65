package org.irisgraph.document.format;

import java.io.ByteArrayOutputStream;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter.PartConsumer;

/**
 * Groups lines or records into runs that are small enough to spread over workers and large enough
 * to be worth sending.
 */
final class LineBatcher {

  /** A run ends before the line that would make it longer, unless that line is its only one. */
  static final int RUN_BYTES = 64 * 1024;

  static final int RUN_LINES = 64;

  private final SourcePart whole;
  private final byte[] head;
  private final PartConsumer parts;
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private long firstLine;
  private int lines;

  /**
   * @param head the beginning of each run; not counted
   */
  LineBatcher(SourcePart whole, byte[] head, PartConsumer parts) {
    this.whole = whole;
    this.head = head;
    this.parts = parts;
  }

  /** Adds a line without its end. In a run, lines are numbered without a gap. */
  void add(long number, byte[] line) {
    boolean full = lines == RUN_LINES || run.size() - head.length + (long) line.length >= RUN_BYTES;
    if (lines > 0 && (full || number != firstLine + lines)) {
      flush();
    }
    if (lines == 0) {
      firstLine = number;
      run.writeBytes(head);
    }
    run.writeBytes(line);
    run.write('\n');
    lines++;
  }

  /** Delivers the current run. */
  void flush() {
    if (lines > 0) {
      SourcePart part =
          new SourcePart(
              whole.source(),
              whole.path(),
              whole.modifiedMillis(),
              firstLine,
              whole.maxDocumentBytes());
      parts.accept(part, run.toByteArray());
      run.reset();
      lines = 0;
    }
  }
}
