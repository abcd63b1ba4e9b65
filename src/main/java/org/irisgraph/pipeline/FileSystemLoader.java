package org.irisgraph.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.irisgraph.extract.ContentLoader;

/** Reads dictionaries and patterns through Beam's file systems, on whichever worker needs them. */
final class FileSystemLoader implements ContentLoader {

  @Override
  public String load(String location) throws IOException {
    try (InputStream content = new FileSystemOpener().open(location)) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content.readAllBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException(location + " is not UTF-8", e);
    }
  }
}
