package org.irisgraph.document;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.irisgraph.graph.Origin;

/** The ids of documents that have none of their own: paths below a folder. */
public final class PathId {

  private PathId() {}

  /** The id of a document without one. */
  static String of(String path, long position) {
    return position == 0 ? path : path + "#" + position;
  }

  /** Whether an id is a path of its document, below whichever folder. */
  public static boolean isPath(String id, Origin origin) {
    return folder(id, origin).isPresent();
  }

  /**
   * Whether a document keeps an id that it got from its path below another folder. It does unless
   * another local file has that path now.
   *
   * @param known the id that it has
   * @param current the id that it would get now
   */
  public static boolean isKept(String known, String current, Origin origin) {
    Optional<String> folder = folder(current, origin);
    return folder.isPresent()
        && isPath(known, origin)
        && !isFile(folder.get() + known.substring(0, known.length() - suffix(origin).length()));
  }

  /** The folder below which an id is the path of its document, with a slash at its end. */
  private static Optional<String> folder(String id, Origin origin) {
    String path = of(pathOf(origin.source()), origin.position());
    return id.equals(path) || path.endsWith("/" + id)
        ? Optional.of(path.substring(0, path.length() - id.length()))
        : Optional.empty();
  }

  private static boolean isFile(String path) {
    try {
      Path file = Path.of(SourceFile.container(path));
      return Files.exists(file) || Files.exists(Path.of(file + Decompression.GZIP_ENDING));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String suffix(Origin origin) {
    return of("", origin.position());
  }

  private static String pathOf(String source) {
    return Arrays.stream(source.replace('\\', '/').split(SourceFile.INSIDE, -1))
        .map(Decompression::withoutEnding)
        .collect(Collectors.joining(SourceFile.INSIDE));
  }
}
