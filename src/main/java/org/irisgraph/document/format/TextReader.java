package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.ValidatingSink;

/** Reads plain text: the file is the document. */
final class TextReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) throws IOException {
    String text = WholeFile.text(part, content);
    new ValidatingSink(part, "document", sink).document(0, null, null, text, Map.of());
  }
}
