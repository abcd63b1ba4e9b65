package org.irisgraph.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

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
    ByteBuffer content = ByteBuffer.wrap(bytes(location));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      // The decoder stops before the bytes that are none.
      int wrong = content.position();
      long line = 1 + IntStream.range(0, wrong).filter(at -> content.get(at) == '\n').count();
      throw new IOException(
          "%s line %d: byte %d (0x%02X) is not UTF-8: save the file as UTF-8"
              .formatted(location, line, wrong + 1, content.get(wrong)),
          e);
    }
  }
}
