package org.irisgraph.document.tika;

import java.io.Serializable;

/**
 * The limits of parsing a document.
 *
 * @param heapMegabytes the heap of a process
 * @param timeoutSeconds the time after which a document is rejected
 * @param maxCharacters the longest text of a document; the rest is cut
 */
public record ParserSettings(int heapMegabytes, int timeoutSeconds, int maxCharacters)
    implements Serializable {

  /** The defaults of the options. */
  public static final ParserSettings DEFAULT = new ParserSettings(512, 60, 5_000_000);

  public ParserSettings {
    if (heapMegabytes < 1 || timeoutSeconds < 1 || maxCharacters < 1) {
      throw new IllegalArgumentException("heap, time and characters must be at least 1");
    }
  }
}
