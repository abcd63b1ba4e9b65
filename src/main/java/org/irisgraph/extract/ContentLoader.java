package org.irisgraph.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the files that settings name. */
@FunctionalInterface
public interface ContentLoader {

  /** Reads a file. */
  byte[] bytes(String location) throws IOException;

  /**
   * Reads a text file.
   *
   * @throws IOException if it cannot be read, or is not UTF-8
   */
  default String text(String location) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(location)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException(location + " is not UTF-8", e);
    }
  }
}
