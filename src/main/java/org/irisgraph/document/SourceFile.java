package org.irisgraph.document;

import java.io.Serializable;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that a glob matched.
 *
 * @param source its absolute path or URI
 * @param path its path below the base or the fixed part of the glob, without the compression's
 *     ending
 * @param modifiedMillis when it was last modified, in milliseconds since 1970, 0 if unknown
 */
public record SourceFile(String source, String path, long modifiedMillis) implements Serializable {

  /** Stands between an archive and the path of a file in it. */
  public static final String INSIDE = "!/";

  public SourceFile {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(path, "path");
  }

  /**
   * The file under its path below a folder.
   *
   * @param base the folder; null for the fixed part of the glob that the file matched
   */
  public static SourceFile matched(
      String glob, @Nullable String base, String source, long modifiedMillis) {
    String folder = base == null ? glob : base + "/";
    String path = Decompression.withoutEnding(GlobPath.below(folder, source));
    return new SourceFile(source, path, modifiedMillis);
  }

  /** The file that has to be opened to read a source: the archive that the source is in, if any. */
  public static String container(String source) {
    int inside = source.indexOf(INSIDE);
    return inside < 0 ? source : source.substring(0, inside);
  }

  /** The part of a map by sources that is in an archive, as a view. */
  public static <V> SortedMap<String, V> inside(SortedMap<String, V> bySource, String archive) {
    return bySource.subMap(archive + INSIDE, archive + INSIDE + Character.MAX_VALUE);
  }

  /** Whether a source, or the archive that it is in, is one of these. */
  public static boolean isAmong(Set<String> sources, String source) {
    return sources.contains(source) || sources.contains(container(source));
  }
}
