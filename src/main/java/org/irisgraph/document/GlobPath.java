package org.irisgraph.document;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names a file by its path below the part of a glob that has no wildcards. */
public final class GlobPath {

  private static final String WILDCARDS = "*?[{";

  /** The name of something hidden in a glob, at its beginning or that of an alternative. */
  private static final Pattern NAMES_HIDDEN = Pattern.compile("(?:^|[/{,])\\.");

  private static final Pattern FILE_SCHEME = Pattern.compile("^file:/+");

  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

  private static final String SIDE_FILE = "._";

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

  /** Whether all files that a glob may match lie below a folder. */
  public static boolean isBelow(String folder, String glob) {
    String path = normalise(fixedPart(glob));
    String prefix = normalise(folder);
    return (path + "/").startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
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

  /** The path of a local file that is written as a URI; any other as it is. */
  public static String withoutFileScheme(String path) {
    return FILE_SCHEME.matcher(path).replaceFirst("/");
  }

  /** One spelling for a place: no {@code file:}, nothing relative, no detours. */
  private static String normalise(String path) {
    String slashes = withoutFileScheme(path.replace('\\', '/'));
    if (URI.matcher(slashes).lookingAt()) {
      return slashes;
    }
    return Path.of(slashes).toAbsolutePath().normalize().toString().replace('\\', '/');
  }

  /**
   * Whether a glob leaves out a file or folder because it is hidden: its name, or that of a folder
   * above it, begins with a full stop. A file that is named as a document ({@code .note.txt}) is
   * read all the same, unless a folder above it is hidden or it is a side file of macOS ({@code
   * ._note.txt}). A glob that names something hidden itself, as {@code .config/**} does, leaves out
   * nothing.
   *
   * @param pattern the part of the glob with wildcards
   * @param path relative to the part before; not a {@link Path}, since names in archives and object
   *     stores need not be names that this system can have
   * @param isDocument whether the name of the last part is that of a document
   */
  public static boolean isHidden(String pattern, String path, boolean isDocument) {
    if (NAMES_HIDDEN.matcher(pattern).find()) {
      return false;
    }
    String[] names = path.replace('\\', '/').split("/", -1);
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      boolean detour = name.equals(".") || name.equals("..");
      boolean isRead = i == names.length - 1 && isDocument && !name.startsWith(SIDE_FILE);
      if (name.startsWith(".") && !detour && !isRead) {
        return true;
      }
    }
    return false;
  }
}
