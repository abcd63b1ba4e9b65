package org.irisgraph.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Plain text: the file is the document. */
final class TextReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    CheckedSink checked = new CheckedSink(part, "document", sink);
    try {
      checked.document(0, null, null, WholeFile.text(part, content), Map.of());
    } catch (IOException e) {
      checked.unreadable(0, null, e);
    }
  }
}
