package org.irisgraph.files;

import java.io.IOException;
import java.io.InputStream;
import org.irisgraph.extract.ContentLoader;

/** Loads files named by settings through Beam's file systems, on any worker. */
public final class FileSystemLoader implements ContentLoader {

  @Override
  public byte[] bytes(String location) throws IOException {
    try (InputStream content = new FileSystemOpener().open(location)) {
      return content.readAllBytes();
    }
  }
}
