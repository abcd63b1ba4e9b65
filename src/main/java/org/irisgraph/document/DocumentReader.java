package org.irisgraph.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Optional;

/** Reads documents of one format. Implementations keep no state between calls. */
public interface DocumentReader extends Serializable {

  /** Cuts a file of this format between documents; empty if a file is read as a whole. */
  default Optional<Splitter> splitter() {
    return Optional.empty();
  }

  /**
   * Reads the documents of a part of a file. What cannot be read as a document goes to {@link
   * DocumentSink#unreadable} and reading goes on if the format allows it.
   *
   * @param content the decompressed bytes of the part; closed by the caller
   * @throws IOException if the content as a whole gives no document
   */
  void read(SourcePart part, InputStream content, DocumentSink sink) throws IOException;
}
