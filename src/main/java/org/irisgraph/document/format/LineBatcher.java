package org.irisgraph.document.format;

import java.io.ByteArrayOutputStream;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter.PartConsumer;

/**
 * Gathers lines, or records, to runs: small enough to be spread over workers and large enough to be
 * worth the transport.
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
   * @param head what each run begins with; it does not count
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

  /** Delivers what has been gathered. */
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
