package org.irisgraph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Tells how large a jar is, and which parts of it are the largest. The build runs this file as it
 * is: {@code java JarParts.java FILE.jar}.
 */
final class JarParts {

  private static final int LARGEST = 10;

  /** Folders that make a part: org/apache/beam/sdk is one. */
  private static final int DEPTH = 4;

  private JarParts() {}

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    System.out.printf("%s: %.1f MB, in it%n", jar.getFileName(), Files.size(jar) / 1e6);
    largest(jar)
        .forEach(part -> System.out.printf("%6.1f MB %s%n", part.getValue() / 1e6, part.getKey()));
  }

  /** The largest parts, with their compressed bytes. */
  static List<Map.Entry<String, Long>> largest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Map<String, Long> parts =
          file.stream()
              .filter(entry -> !entry.isDirectory())
              .collect(
                  Collectors.groupingBy(
                      entry -> part(entry.getName()),
                      TreeMap::new,
                      Collectors.summingLong(entry -> entry.getCompressedSize())));
      return parts.entrySet().stream()
          .sorted(Collections.reverseOrder(Map.Entry.comparingByValue()))
          .limit(LARGEST)
          .toList();
    }
  }

  private static String part(String entry) {
    String[] folders = entry.split("/", -1);
    return folders.length == 1
        ? "(no folder)"
        : Arrays.stream(folders)
            .limit(Math.min(DEPTH, folders.length - 1))
            .collect(Collectors.joining("/"));
  }
}
