package org.irisgraph.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.irisgraph.graph.Failure;

/** Sums up the sizes of local files, and stops as soon as they exceed a limit. */
public final class InputProbe {

  /** A file of no bytes costs time, too. */
  private static final long BYTES_OF_A_FILE = 1000;

  private final long limit;
  private long bytes;

  private InputProbe(long limit) {
    this.limit = limit;
  }

  /**
   * Whether the globs match local files with at most so much text, and at least one file.
   *
   * @param limit in bytes; compressed files count by what is probably in them
   */
  public static boolean isWithin(long limit, List<String> globs) throws IOException {
    InputProbe probe = new InputProbe(limit);
    for (String glob : globs) {
      Optional<Path> literal = LocalGlob.literal(glob);
      Optional<LocalGlob> local = LocalGlob.of(glob);
      if (literal.isPresent()) {
        probe.add(literal.get(), Files.size(literal.get()));
      } else if (local.isPresent()) {
        local.get().walk(probe.visitor());
      } else {
        return false;
      }
    }
    return probe.bytes > 0 && probe.bytes <= limit;
  }

  private FileVisitResult add(Path file, long stored) {
    bytes += BYTES_OF_A_FILE + InputFiles.textBytes(file.toString(), stored);
    return bytes > limit ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
  }

  private LocalGlob.Visitor visitor() {
    return new LocalGlob.Visitor() {
      @Override
      public FileVisitResult file(Path file, BasicFileAttributes attributes) {
        return add(file, attributes.size());
      }

      @Override
      public FileVisitResult unreadable(String source, Failure failure) {
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult hidden(Path path) {
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult loop(Path link) {
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
