package org.irisgraph.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.irisgraph.document.SourceFile;

/** Finds the files that globs name, through Beam's file systems. */
final class InputFiles {

  private InputFiles() {}

  /**
   * The files of all globs, each once and in order; the first glob that names one gives its path.
   */
  static Collection<SourceFile> match(List<String> globs) throws IOException {
    Map<String, SourceFile> files = new TreeMap<>();
    for (String glob : globs) {
      for (MatchResult.Metadata file : metadata(glob)) {
        String source = file.resourceId().toString();
        files.putIfAbsent(source, SourceFile.matched(glob, source, file.lastModifiedMillis()));
      }
    }
    return files.values();
  }

  /** How many bytes the files of all globs have, as they are stored. */
  static long bytes(List<String> globs) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (String glob : globs) {
      for (MatchResult.Metadata file : metadata(glob)) {
        sizes.put(file.resourceId().toString(), file.sizeBytes());
      }
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether a glob names any file. */
  static boolean any(String glob) throws IOException {
    return !metadata(glob).isEmpty();
  }

  private static List<MatchResult.Metadata> metadata(String glob) throws IOException {
    List<MatchResult.Metadata> files = new ArrayList<>();
    for (String variant : variants(glob)) {
      for (MatchResult.Metadata file :
          FileSystems.match(variant, EmptyMatchTreatment.ALLOW).metadata()) {
        if (!file.resourceId().isDirectory()) {
          files.add(file);
        }
      }
    }
    return files;
  }

  /** In Java's globs {@code a/**}{@code /b} does not match a/b, which everybody expects. */
  private static List<String> variants(String glob) {
    List<String> variants = new ArrayList<>(List.of(glob));
    if (glob.contains("/**/")) {
      variants.add(glob.replace("/**/", "/"));
    }
    return variants;
  }
}
