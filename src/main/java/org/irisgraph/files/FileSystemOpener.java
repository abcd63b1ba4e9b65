package org.irisgraph.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.document.SourceOpener;

/** Opens sources through Beam's file systems: local files and, if built in, object stores. */
public final class FileSystemOpener implements SourceOpener {

  @Override
  public InputStream open(String source) throws IOException {
    return Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(source, false)));
  }
}
