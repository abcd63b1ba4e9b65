package org.irisgraph.document.tika;

import java.io.Serializable;

/**
 * How much a document may take of a parser's process.
 *
 * @param heapMegabytes the heap of a process
 * @param timeoutSeconds after which a document is given up
 * @param maxCharacters of a document's text; what is beyond is left out
 */
public record ParserSettings(int heapMegabytes, int timeoutSeconds, int maxCharacters)
    implements Serializable {

  /** As the options are by default. */
  public static final ParserSettings DEFAULT = new ParserSettings(512, 60, 5_000_000);

  public ParserSettings {
    if (heapMegabytes < 1 || timeoutSeconds < 1 || maxCharacters < 1) {
      throw new IllegalArgumentException("heap, time and characters must be at least 1");
    }
  }
}
