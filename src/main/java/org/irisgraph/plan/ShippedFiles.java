package org.irisgraph.plan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.files.LocalGlob;
import org.irisgraph.options.UsageException;

/**
 * Files of the launcher's machine that travel with a job, since the workers are elsewhere: its
 * dictionary, patterns and model. Files of other file systems are read by each worker itself.
 */
public final class ShippedFiles implements ContentLoader, Serializable {

  /** Flink rejects larger jobs (rest.server.max-content-length), after a long time. */
  static final int MAX_BYTES = 32_000_000;

  /** By location, compressed. */
  private final Map<String, byte[]> files;

  private ShippedFiles(Map<String, byte[]> files) {
    this.files = new TreeMap<>(files);
  }

  /** For workers that share the launcher's files. */
  public static ShippedFiles none() {
    return new ShippedFiles(Map.of());
  }

  /**
   * Packs the local files among the locations.
   *
   * @throws UsageException if they are more than a job can carry
   */
  public static ShippedFiles of(Collection<String> locations) throws IOException {
    return of(locations, MAX_BYTES);
  }

  static ShippedFiles of(Collection<String> locations, int maxBytes) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String location : locations) {
      if (!location.isBlank() && LocalGlob.literal(location).isPresent()) {
        files.put(location, compressed(new FileSystemLoader().bytes(location)));
      }
    }
    int bytes = files.values().stream().mapToInt(content -> content.length).sum();
    if (bytes > maxBytes) {
      throw new UsageException(
          ("%s has %d MB when compressed, too much to ship with a job: put it where all"
                  + " TaskManagers can read it, such as s3://, gs:// or hdfs://")
              .formatted(String.join(", ", files.keySet()), bytes / 1_000_000));
    }
    return new ShippedFiles(files);
  }

  @Override
  public byte[] bytes(String location) throws IOException {
    byte[] content = files.get(location);
    if (content == null) {
      return new FileSystemLoader().bytes(location);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return in.readAllBytes();
    }
  }

  private static byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
