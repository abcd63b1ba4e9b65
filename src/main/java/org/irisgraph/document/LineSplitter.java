package org.irisgraph.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.irisgraph.document.LineReader.Line;

/**
 * Cuts a file of a line-based format into runs of whole lines, small enough to be spread over
 * workers and large enough to be worth the transport.
 */
final class LineSplitter {

  /** A run ends before the line that would make it longer, unless that line is its only one. */
  static final int RUN_BYTES = 64 * 1024;

  static final int RUN_LINES = 64;

  private final SourcePart whole;
  private final PartConsumer parts;
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private long firstLine = 1;
  private int lines;

  /** Takes the runs, in the file's order. */
  @FunctionalInterface
  interface PartConsumer {

    /**
     * Takes a run.
     *
     * @param lines the lines, each ending in a line feed
     */
    void accept(SourcePart part, byte[] lines);
  }

  private LineSplitter(SourcePart whole, PartConsumer parts) {
    this.whole = whole;
    this.parts = parts;
  }

  /**
   * Delivers all lines. A line that is too long is reported with its number, as is the line at
   * which the content could not be read any further; what stands before it is delivered.
   */
  static void split(
      InputStream content, SourcePart whole, PartConsumer parts, DocumentSink failures) {
    CheckedSink checked = new CheckedSink(whole, "line", failures);
    LineReader reader = new LineReader(content, 1, whole.maxDocumentBytes());
    LineSplitter splitter = new LineSplitter(whole, parts);
    try {
      for (Optional<Line> line = reader.read(); line.isPresent(); line = reader.read()) {
        splitter.add(line.get(), checked);
      }
      splitter.flush();
    } catch (IOException e) {
      splitter.flush();
      checked.unreadable(reader.number(), null, e);
    }
  }

  private void add(Line line, CheckedSink checked) {
    if (line.tooLong()) {
      flush();
      checked.unreadable(line.number(), null, ReadException.tooLarge(whole.maxDocumentBytes()));
      return;
    }
    if (lines == RUN_LINES || (lines > 0 && run.size() + line.bytes().length >= RUN_BYTES)) {
      flush();
    }
    if (lines == 0) {
      firstLine = line.number();
    }
    run.writeBytes(line.bytes());
    run.write('\n');
    lines++;
  }

  private void flush() {
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
