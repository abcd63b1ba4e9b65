package org.irisgraph.plan;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.irisgraph.document.GlobPath;
import org.irisgraph.files.LocalGlob;
import org.irisgraph.options.IndexingOptions;

/** Checks the files to read: each glob must match. */
final class InputRules {

  private InputRules() {}

  /**
   * Checks {@code input}.
   *
   * @param partOfInput whether files may be missing, since the run reports those itself
   */
  static void check(IndexingOptions options, boolean partOfInput, List<String> problems) {
    checkEncoding(options.getEncoding(), problems);
    List<String> input = options.getInput();
    if (input == null || input.isEmpty()) {
      problems.add(
          "input is not set: name the files to read, as in --input=corpus/**.xml, or a table with"
              + " --jdbcInput=RAG.SourceDocuments");
      return;
    }
    String base = options.getInputBase();
    for (String glob : input) {
      if (base != null && !GlobPath.isBelow(base, glob)) {
        problems.add(
            "input \"%s\" reaches beyond inputBase \"%s\": set inputBase to a folder that has all the input"
                .formatted(glob, base));
      }
      if (FileRules.isLocalDirectory(glob)) {
        problems.add(
            "input \"%s\" is a directory; write \"%s/**\" for all files below it"
                .formatted(glob, glob.replaceFirst("/+$", "")));
      } else if (WatchSettings.isSet(options)) {
        checkWatched(glob, problems);
      } else if (!FileRules.matches("input", glob, problems).orElse(true) && !partOfInput) {
        problems.add("no file matches input \"%s\"".formatted(glob));
      }
    }
  }

  private static void checkEncoding(String encoding, List<String> problems) {
    try {
      Charset.forName(encoding);
    } catch (IllegalArgumentException e) {
      problems.add(
          "encoding \"%s\" is not known; write it as in windows-1252, ISO-8859-15, UTF-16LE, GB18030"
                  .formatted(encoding)
              + " or Shift_JIS");
    }
  }

  /** Files may appear later, but a missing folder is most often a wrong name. */
  private static void checkWatched(String glob, List<String> problems) {
    Optional<LocalGlob> local = LocalGlob.of(glob);
    if (local.isEmpty()) {
      FileRules.matches("input", glob, problems);
      return;
    }
    Path root = local.get().root();
    if (!Files.isDirectory(root)) {
      problems.add(
          "input \"%s\": there is no folder %s to watch; create it, or correct the name"
              .formatted(glob, root));
    }
  }
}
