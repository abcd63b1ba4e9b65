package org.irisgraph.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.files.InputFiles;

/** Compares the files of a run with its settings, by their names. */
public final class InputWarnings {

  private static final int MAX_NAMED = 3;

  private final InputFiles found;

  /** Compares files that were found. */
  public InputWarnings(InputFiles found) {
    this.found = found;
  }

  /**
   * What the user should know.
   *
   * @param format the setting of the same name
   */
  public List<String> of(InputFormat format) {
    List<String> warnings = new ArrayList<>();
    if (!found.hidden().isEmpty()) {
      warnings.add(
          "%d hidden files, hidden folders or files of H2 databases are left out (%s); to read them, name them in input, as in --input='docs/.drafts/**'"
              .formatted(found.hidden().size(), first(found.hidden())));
    }
    if (!found.loops().isEmpty()) {
      warnings.add(
          "links to a folder that they are in are not followed: %d (%s); the files of the folder are read once"
              .formatted(found.loops().size(), first(found.loops())));
    }
    if (!found.links().isEmpty()) {
      warnings.add(
          "links to files that the input has, too, are left out: %d (%s)"
              .formatted(found.links().size(), first(found.links())));
    }
    if (format != InputFormat.AUTO) {
      addOtherFormats(format, warnings);
    }
    return warnings;
  }

  private static String first(Collection<String> paths) {
    return paths.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
        + (paths.size() > MAX_NAMED ? ", …" : "");
  }

  /** A settings file may set a format that other files than its own do not have. */
  private void addOtherFormats(InputFormat format, List<String> warnings) {
    Collection<SourceFile> files = found.files();
    Map<InputFormat, Integer> named = new EnumMap<>(InputFormat.class);
    for (SourceFile file : files) {
      InputFormat.ofName(file.path()).ifPresent(known -> named.merge(known, 1, Integer::sum));
    }
    int others = named.values().stream().mapToInt(Integer::intValue).sum();
    if (others > 0 && !named.containsKey(format)) {
      warnings.add(
          "inputFormat is set to %s, but no file is named so (%s): %d of %d are named as %s; with inputFormat=auto each file is read in its own format"
              .formatted(
                  name(format),
                  format.endings().stream()
                      .map(ending -> "." + ending)
                      .collect(Collectors.joining(", ")),
                  others,
                  files.size(),
                  named.keySet().stream()
                      .map(InputWarnings::name)
                      .collect(Collectors.joining(", "))));
    }
  }

  private static String name(InputFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
