package org.irisgraph.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.irisgraph.document.GlobPath;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.graph.Failure;
import org.jspecify.annotations.Nullable;

/** The matches of globs: files to read, and places that cannot be read. */
public final class InputFiles {

  private static final Pattern COMPRESSED = Pattern.compile("(?i)\\.(gz|tgz|zip)$");

  /** Bytes of text in a byte of a compressed file, about. */
  private static final int COMPRESSION = 4;

  private final Map<String, SourceFile> files = new TreeMap<>();
  private final Map<String, Failure> unreadable = new TreeMap<>();
  private final Map<String, Long> sizes = new HashMap<>();
  private final Set<String> hidden = new TreeSet<>();
  private final Set<String> loops = new TreeSet<>();

  /** The files behind links, by the path with the link. */
  private final Map<String, String> linked = new TreeMap<>();

  private final Set<String> links = new TreeSet<>();

  private final @Nullable String base;

  private InputFiles(@Nullable String base) {
    this.base = base;
  }

  /**
   * Matches local globs directly and others through Beam's file systems.
   *
   * @param base the folder that paths are relative to; null for the fixed part of each glob
   */
  public static InputFiles match(List<String> globs, @Nullable String base) throws IOException {
    InputFiles found = new InputFiles(base);
    for (String glob : globs) {
      found.add(glob, false);
    }
    found.leaveOutLinks();
    return found;
  }

  /** Whether a glob matches anything, readable or not. */
  public static boolean any(String glob) throws IOException {
    InputFiles found = new InputFiles(null);
    found.add(glob, true);
    return !found.files.isEmpty() || !found.unreadable.isEmpty();
  }

  /**
   * The files in order, each once; without a base, its path is relative to the first glob that
   * matches it.
   */
  public Collection<SourceFile> files() {
    return files.values();
  }

  /** Folders and files that cannot be read, by their source. */
  public Map<String, Failure> unreadable() {
    return unreadable;
  }

  /** Hidden files and folders, and databases of H2, that the globs leave out. */
  public Set<String> hidden() {
    return hidden;
  }

  /** Links to folders that they are in, which are not followed. */
  public Set<String> loops() {
    return loops;
  }

  /** Files behind a link that the globs match without it as well, and which are read once. */
  public Set<String> links() {
    return links;
  }

  /** The stored size of one of the files, in bytes. */
  public long bytes(SourceFile file) {
    return sizes.getOrDefault(file.source(), 0L);
  }

  /** The stored size of all files, in bytes. */
  public long bytes() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The size of the text in all files, in bytes, about. */
  public long textBytes() {
    return sizes.entrySet().stream()
        .mapToLong(file -> textBytes(file.getKey(), file.getValue()))
        .sum();
  }

  /** The size of the text in one of the files, in bytes, about. */
  public long textBytes(SourceFile file) {
    return textBytes(file.source(), bytes(file));
  }

  /** The size of the text in a file of a stored size, in bytes, about. */
  public static long textBytes(String source, long storedBytes) {
    return COMPRESSED.matcher(source).find() ? COMPRESSION * storedBytes : storedBytes;
  }

  private void add(String glob, boolean onlyFirst) throws IOException {
    Optional<Path> literal = LocalGlob.literal(glob);
    if (literal.isPresent()) {
      new Collector(glob, folder(literal.get()), onlyFirst)
          .file(literal.get(), Files.readAttributes(literal.get(), BasicFileAttributes.class));
      return;
    }
    Optional<LocalGlob> local = LocalGlob.of(glob);
    if (local.isPresent()) {
      local.get().walk(new Collector(glob, local.get().root(), onlyFirst));
      return;
    }
    for (String variant : LocalGlob.variants(glob)) {
      for (MatchResult.Metadata file :
          FileSystems.match(variant, EmptyMatchTreatment.ALLOW).metadata()) {
        String source = file.resourceId().toString();
        if (isHidden(glob, source)) {
          hidden.add(source);
        } else if (!file.resourceId().isDirectory()) {
          add(glob, source, file.lastModifiedMillis(), file.sizeBytes());
        }
      }
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file is in a folder");
  }

  private static boolean isHidden(String glob, String source) {
    return GlobPath.isHidden(
        glob.substring(GlobPath.fixedPart(glob).length()),
        GlobPath.below(glob, source),
        InputFormat.ofName(source).isPresent());
  }

  private void add(String glob, String source, long modifiedMillis, long size) {
    if (files.putIfAbsent(source, SourceFile.matched(glob, base, source, modifiedMillis)) == null) {
      sizes.put(source, size);
    }
  }

  private void leaveOutLinks() {
    linked.forEach(
        (link, file) -> {
          if (files.containsKey(file) && !linked.containsKey(file)) {
            files.remove(link);
            sizes.remove(link);
            links.add(link);
          }
        });
  }

  private final class Collector implements LocalGlob.Visitor {

    private final String glob;
    private final RealPaths real;
    private final FileVisitResult next;

    Collector(String glob, Path root, boolean onlyFirst) {
      this.glob = glob;
      this.real = new RealPaths(root);
      this.next = onlyFirst ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult file(Path file, BasicFileAttributes attributes) {
      add(glob, file.toString(), attributes.lastModifiedTime().toMillis(), attributes.size());
      Path behind = real.of(file);
      if (!behind.equals(file)) {
        linked.put(file.toString(), behind.toString());
      }
      return next;
    }

    @Override
    public FileVisitResult hidden(Path path) {
      hidden.add(path.toString());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult loop(Path link) {
      loops.add(link.toString());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult unreadable(String source, Failure failure) {
      unreadable.putIfAbsent(source, failure);
      return next;
    }
  }
}
