package org.irisgraph.files;

import java.io.IOException;
import java.io.InputStream;
import org.irisgraph.extract.ContentLoader;

/** Reads what settings name through Beam's file systems, on whichever worker needs it. */
public final class FileSystemLoader implements ContentLoader {

  @Override
  public byte[] bytes(String location) throws IOException {
    try (InputStream content = new FileSystemOpener().open(location)) {
      return content.readAllBytes();
    }
  }
}
