package org.irisgraph.document;

import java.io.InputStream;
import java.io.Serializable;

/** Cuts a file between its documents into parts that are read independently. */
@FunctionalInterface
public interface Splitter extends Serializable {

  /** Takes the parts, in the file's order. */
  @FunctionalInterface
  interface PartConsumer {

    /**
     * Takes a part.
     *
     * @param lines its content, which ends in a line feed
     */
    void accept(SourcePart part, byte[] lines);
  }

  /**
   * Delivers all of a file except what it reports.
   *
   * @param content the decompressed bytes of the file; closed by the caller
   * @param failures takes what cannot be part of any document, and no documents
   */
  void split(InputStream content, SourcePart whole, PartConsumer parts, DocumentSink failures);
}
