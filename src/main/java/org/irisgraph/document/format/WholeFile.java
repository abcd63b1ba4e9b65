package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.SourcePart;

/** Reads a file that is one document. */
final class WholeFile {

  private WholeFile() {}

  /**
   * The file's text.
   *
   * @throws ReadException if it is larger than allowed, or not UTF-8; not more than the allowed
   *     size is ever read
   */
  static String text(SourcePart part, InputStream content) throws IOException {
    return StrictUtf8.decode(bytes(part, content));
  }

  /**
   * The file's bytes.
   *
   * @throws ReadException if it is larger than allowed; not more than the allowed size is ever read
   */
  static byte[] bytes(SourcePart part, InputStream content) throws IOException {
    int max = part.maxDocumentBytes();
    byte[] bytes = content.readNBytes(max);
    if (bytes.length == max && content.read() >= 0) {
      throw ReadException.tooLarge(max);
    }
    return bytes;
  }
}
