package org.irisgraph.document.format;

import java.io.InputStream;
import java.util.Optional;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.Splitter;

/**
 * Reads JSON files: an object is a document, alone, one after the other, or in an array. Objects
 * have the {@linkplain JsonFields fields} of JSON Lines, and {@link JsonSplitter} puts each on a
 * line.
 */
final class JsonReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  @Override
  public Optional<Splitter> splitter() {
    return Optional.of(JsonSplitter::split);
  }

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    JsonLinesReader.read("document", part, content, sink);
  }
}
