package org.irisgraph.document;

import java.nio.file.Path;

/** Names a file by its path below the part of a glob that has no wildcards. */
public final class GlobPath {

  private static final String WILDCARDS = "*?[{";

  private GlobPath() {}

  /**
   * The path of a file below the glob's {@linkplain #fixedPart fixed part}, always with forward
   * slashes; {@code a/b.xml} for {@code /data/a/b.xml} and {@code /data/**.xml}. If the file does
   * not lie there (a link was followed, say), its whole path.
   *
   * @param glob as the user wrote it: a path, relative ones too, or a URI
   * @param file the absolute path or the URI of a file that the glob matched
   */
  public static String below(String glob, String file) {
    String folder = normalise(fixedPart(glob));
    String path = normalise(file);
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  /** The longest folder at the beginning of the glob without wildcards: {@code /data/}. */
  public static String fixedPart(String glob) {
    String path = glob.replace('\\', '/');
    int wildcard = 0;
    while (wildcard < path.length() && WILDCARDS.indexOf(path.charAt(wildcard)) < 0) {
      wildcard++;
    }
    return path.substring(0, path.lastIndexOf('/', wildcard - 1) + 1);
  }

  /** One spelling for a place: no {@code file:}, nothing relative, no detours. */
  private static String normalise(String path) {
    String slashes = path.replace('\\', '/').replaceFirst("^file:/+", "/");
    if (slashes.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
      return slashes;
    }
    return Path.of(slashes).toAbsolutePath().normalize().toString().replace('\\', '/');
  }
}
