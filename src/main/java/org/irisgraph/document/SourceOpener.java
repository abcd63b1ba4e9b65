package org.irisgraph.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** Opens a file wherever it lies. */
@FunctionalInterface
public interface SourceOpener extends Serializable {

  /**
   * The bytes as they are stored; closed by the caller.
   *
   * @param source the absolute path or URI
   * @throws IOException if it cannot be opened
   */
  InputStream open(String source) throws IOException;
}
