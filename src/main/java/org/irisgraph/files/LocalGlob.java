package org.irisgraph.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.document.GlobPath;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.graph.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Finds local files. Beam's {@code FileSystems.match} silently skips unreadable folders and names
 * that are not in the system's encoding; here each of them is reported, since every document must
 * be either indexed or named with its reason.
 */
public final class LocalGlob {

  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
  private static final Pattern ANY_FOLDERS = Pattern.compile("(?<=^|/)\\*\\*/");

  /** A database of H2, its trace, and what becomes of it while it is compacted. */
  private static final Pattern DATABASE = Pattern.compile("\\.(?:mv|trace)\\.db(?:\\.\\w+)?$");

  private static final Pattern LINE_ENDS = Pattern.compile("[\\n\\r\\u0085\\u2028\\u2029]");

  private final Path root;
  private final String pattern;
  private final List<PathMatcher> matchers;

  /** Patterns of the folders above a match, one for each level up to the first {@code **}. */
  private final PathMatcher[] folders;

  private final int depth;

  /** Receives the matches until it ends the walk. */
  interface Visitor {

    /** Takes a file that matches the glob. */
    FileVisitResult file(Path file, BasicFileAttributes attributes);

    /** Takes an unreadable place that matches the glob or may contain matches. */
    FileVisitResult unreadable(String source, Failure failure);

    /**
     * Takes a hidden file or a database of H2 that matches, or a hidden folder that may contain
     * matches.
     */
    FileVisitResult hidden(Path path);

    /** Takes a link to a folder that it is in, whose files are found without it. */
    FileVisitResult loop(Path link);
  }

  private LocalGlob(Path root, String pattern) {
    this.root = root;
    this.pattern = pattern;
    this.matchers = variants(pattern).stream().map(LocalGlob::matcher).toList();
    String[] segments = pattern.split("/", -1);
    boolean grouped = pattern.contains("{");
    this.depth = grouped || pattern.contains("**") ? Integer.MAX_VALUE : segments.length;
    int known = 0;
    while (!grouped && known < segments.length - 1 && !segments[known].contains("**")) {
      known++;
    }
    this.folders = new PathMatcher[known];
    for (int i = 0; i < known; i++) {
      folders[i] = matcher(segments[i]);
    }
  }

  /** Parses a glob of local files; empty for another file system. */
  public static Optional<LocalGlob> of(String glob) {
    String path = GlobPath.withoutFileScheme(glob);
    if (SCHEME.matcher(path).matches()) {
      return Optional.empty();
    }
    String fixed = GlobPath.fixedPart(path);
    return Optional.of(
        new LocalGlob(Path.of(fixed).toAbsolutePath().normalize(), path.substring(fixed.length())));
  }

  /** The existing file that a glob names literally: file names may contain wildcards. */
  public static Optional<Path> literal(String glob) {
    String path = GlobPath.withoutFileScheme(glob);
    return SCHEME.matcher(path).matches() || !Files.isRegularFile(Path.of(path))
        ? Optional.empty()
        : Optional.of(Path.of(path).toAbsolutePath().normalize());
  }

  /** The folder at the beginning of the glob, which has no wildcards. */
  public Path root() {
    return root;
  }

  /** Walks the tree below the glob's fixed part and reports matches. */
  void walk(Visitor visitor) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    Files.walkFileTree(
        root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new MatchingVisitor(visitor));
  }

  private boolean isMatch(Path file) {
    Path relative = root.relativize(file);
    return matchers.stream().anyMatch(matcher -> matches(matcher, relative));
  }

  /** Whether matches of the glob may be in a folder or below it. */
  public boolean reaches(Path folder) {
    return folder.startsWith(root) ? mayHoldMatches(folder) : root.startsWith(folder);
  }

  private boolean mayHoldMatches(Path folder) {
    Path relative = root.relativize(folder);
    int level = folder.equals(root) ? 0 : relative.getNameCount();
    for (int i = 0; i < Math.min(level, folders.length); i++) {
      if (!matches(folders[i], relative.getName(i))) {
        return false;
      }
    }
    return level < depth;
  }

  /** Lets wildcards match line breaks in names, which Java's do not. */
  private static boolean matches(PathMatcher matcher, Path relative) {
    try {
      String name = LINE_ENDS.matcher(relative.toString()).replaceAll("_");
      return matcher.matches(Path.of(name));
    } catch (InvalidPathException e) {
      // The name is not in the system's encoding, so it is compared unchanged.
      return matcher.matches(relative);
    }
  }

  private boolean isDatabase(Path file) {
    return DATABASE.matcher(file.toString()).find() && !DATABASE.matcher(pattern).find();
  }

  /** Asks for the formats only where it matters: to load all readers takes a third of a second. */
  private boolean isHidden(Path file) {
    return isHidden(file, false) && isHidden(file, InputFormat.ofName(file.toString()).isPresent());
  }

  private boolean isHidden(Path path, boolean isDocument) {
    return GlobPath.isHidden(pattern, root.relativize(path).toString(), isDocument);
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  /**
   * A pattern and its variants without some {@code **}{@code /}: in Java's globs a/**&#47;b does
   * not match a/b, as users expect.
   */
  static Set<String> variants(String pattern) {
    Set<String> variants = new LinkedHashSet<>(List.of(pattern));
    Matcher folders = ANY_FOLDERS.matcher(pattern);
    while (folders.find()) {
      String shorter = pattern.substring(0, folders.start()) + pattern.substring(folders.end());
      variants.addAll(variants(shorter));
    }
    return variants;
  }

  private final class MatchingVisitor extends SimpleFileVisitor<Path> {

    private final Visitor visitor;

    MatchingVisitor(Visitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!mayHoldMatches(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!folder.equals(root) && isHidden(folder, false)) {
        visitor.hidden(folder);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isSymbolicLink()) {
        // The dangling link may have led to a folder with matches.
        return isMatch(file) || mayHoldMatches(file)
            ? unreadable(file, "the link is dangling: its target does not exist")
            : FileVisitResult.CONTINUE;
      }
      if (attributes.isDirectory() || !isMatch(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (isDatabase(file) || isHidden(file)) {
        return visitor.hidden(file);
      }
      if (!isAddressable(file)) {
        return unreadable(
            file,
            "its name is not in this system's encoding, %s: rename it, or set the locale (LC_ALL)"
                .formatted(System.getProperty("sun.jnu.encoding")));
      }
      return attributes.isRegularFile()
          ? visitor.file(file, attributes)
          : unreadable(file, "it is a pipe, socket or device: write its content to a file");
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) {
      if (failure instanceof NoSuchFileException || !(mayHoldMatches(path) || isMatch(path))) {
        return FileVisitResult.CONTINUE;
      }
      if (failure instanceof FileSystemLoopException) {
        return visitor.loop(path);
      }
      return unreadable(
          path,
          failure instanceof AccessDeniedException
              ? "it cannot be read: permission denied"
              : "it cannot be read: " + failure);
    }

    /** Reports an error that ended the listing of a folder. */
    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
      return failure == null
          ? FileVisitResult.CONTINUE
          : unreadable(folder, "the folder cannot be read to its end: " + failure);
    }

    private FileVisitResult unreadable(Path path, String message) {
      // A URI encodes every byte of a name, so that two bad names remain distinct.
      String source = isAddressable(path) ? path.toString() : path.toUri().toString();
      return visitor.unreadable(source, ReadFailure.CANNOT_OPEN.because(message));
    }
  }

  private static boolean isAddressable(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
