package org.irisgraph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs the program into an archive that unpacks into one folder and runs without Maven. The build
 * runs this file as it is: {@code java ProgramArchive.java TARGET FILE.tar.gz}.
 *
 * <p>Nothing is compressed: nearly all of it are jars, which took 18 seconds of the processor to
 * become 2 % smaller.
 */
final class ProgramArchive {

  private static final int EXECUTABLE = 0755;

  private ProgramArchive() {}

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Path archive = target.resolve(arguments[1]);
    String folder = arguments[1].replaceFirst("\\.tar\\.gz$", "");
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.NO_COMPRESSION);
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(file, parameters))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String path :
          List.of("LICENSE", "README.md", "bin", "docs", "pipelines", "runner-configs")) {
        add(Path.of(path), folder + "/" + path, tar);
      }
      // Where the launcher finds the jar, and the jar its libraries and the one for clusters.
      for (String path :
          List.of("iris-graph-indexer.jar", "iris-graph-indexer-bundled.jar", "lib")) {
        add(target.resolve(path), folder + "/" + path, tar);
      }
    }
    System.out.printf("%s: %.0f MB%n", archive.getFileName(), Files.size(archive) / 1e6);
  }

  private static void add(Path root, String name, TarArchiveOutputStream tar) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String inside = root.relativize(file).toString().replace('\\', '/');
        TarArchiveEntry entry =
            new TarArchiveEntry(file, inside.isEmpty() ? name : name + "/" + inside);
        entry.setIds(0, 0);
        entry.setNames("", "");
        if (root.endsWith("bin") || inside.endsWith(".sh")) {
          entry.setMode(EXECUTABLE);
        }
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
  }
}
