package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter.PartConsumer;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.format.LineReader.Line;

/** Cuts a file of a line-based format into runs of whole lines. */
final class LineSplitter {

  private static final byte[] NO_HEAD = {};

  private LineSplitter() {}

  /**
   * Delivers all lines. A line that is too long is reported with its number, as is the line at
   * which the content could not be read further; everything before it is delivered.
   */
  static void split(
      InputStream content, SourcePart whole, PartConsumer parts, DocumentSink failures) {
    ValidatingSink checked = new ValidatingSink(whole, "line", failures);
    LineReader reader = new LineReader(content, 1, whole.maxDocumentBytes());
    LineBatcher runs = new LineBatcher(whole, NO_HEAD, parts);
    try {
      for (Optional<Line> line = reader.read(); line.isPresent(); line = reader.read()) {
        long number = line.get().number();
        if (line.get().tooLong()) {
          runs.flush();
          checked.unreadable(number, null, ReadException.tooLarge(whole.maxDocumentBytes()));
        } else {
          runs.add(number, line.get().bytes());
        }
      }
      runs.flush();
    } catch (IOException e) {
      runs.flush();
      checked.unreadable(reader.number(), null, e);
    }
  }
}
