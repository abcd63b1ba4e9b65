package org.irisgraph.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The paths of files without the links in them, except those above a folder. Asked for the files of
 * a folder one after the other, it follows the folder's links once.
 */
final class RealPaths {

  private final Path root;
  private @Nullable Path realRoot;
  private @Nullable Path folder;
  private @Nullable Path realFolder;

  RealPaths(Path root) {
    this.root = root;
  }

  /** The path without links; the same path if it cannot be found out. */
  Path of(Path file) {
    try {
      if (Files.isSymbolicLink(file)) {
        return real(file);
      }
      Path parent = file.getParent();
      if (parent == null) {
        return file;
      }
      if (realFolder == null || !parent.equals(folder)) {
        realFolder = real(parent);
        folder = parent;
      }
      return realFolder.equals(parent) ? file : realFolder.resolve(parent.relativize(file));
    } catch (IOException e) {
      return file;
    }
  }

  private Path real(Path path) throws IOException {
    if (realRoot == null) {
      realRoot = root.toRealPath();
    }
    Path real = path.toRealPath();
    return real.startsWith(realRoot) ? root.resolve(realRoot.relativize(real)) : real;
  }
}
