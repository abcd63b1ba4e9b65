package org.irisgraph.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.CsvGuess;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.files.FileSystemOpener;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.Failure;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.run.InputSample;
import org.irisgraph.run.InputWarnings;
import org.jspecify.annotations.Nullable;

/**
 * What is in a folder, and which globs index it.
 *
 * @param contents the number and size of its files by format, as {@code check} describes a glob
 * @param globs the globs of its files, by ending
 * @param csv what the columns of its CSV files most likely mean, unless that is the default
 * @param notices what the globs leave out and what cannot be read, a line each
 */
public record FolderSurvey(
    String contents, List<Glob> globs, @Nullable CsvGuess csv, List<String> notices) {

  /** The ending of a file's name, with that of its compression. */
  private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z][A-Za-z0-9]{0,9}(\\.gz)?$");

  /** Files of a kind that are tried, until one can be read. */
  private static final int TRIED = 3;

  /** Endings of unknown formats; where there are more, they are not endings. */
  private static final int MAX_UNKNOWN = 20;

  /**
   * Files of one ending.
   *
   * @param contents their number and size by format
   * @param problem why none of the first can be read, or null
   */
  public record Glob(String glob, String contents, @Nullable String problem) {}

  public FolderSurvey {
    globs = List.copyOf(globs);
    notices = List.copyOf(notices);
  }

  /** The globs of files that can be read. */
  public List<Glob> readable() {
    return globs.stream().filter(glob -> glob.problem() == null).toList();
  }

  /** What is left out since it cannot be read, a line for each ending. */
  public List<String> leftOut() {
    return globs.stream()
        .filter(glob -> glob.problem() != null)
        .map(glob -> "left out: %s, %s: %s".formatted(glob.glob(), glob.contents(), glob.problem()))
        .toList();
  }

  /**
   * Looks at all files of a folder, and tries to read some of each kind.
   *
   * @param folder without wildcards
   * @param options of reading, in which the meaning of CSV columns is set
   */
  public static FolderSurvey of(String folder, IndexingOptions options) throws IOException {
    String all = folder.replaceFirst("/*$", "/**");
    InputFiles found = InputFiles.match(List.of(all), null);
    List<String> notices = new ArrayList<>();
    found.unreadable().forEach((source, why) -> notices.add(source + ": " + why.message()));
    notices.addAll(new InputWarnings(found).of(InputFormat.AUTO));
    CsvGuess csv = null;
    boolean anyFile = false;
    List<Glob> globs = new ArrayList<>();
    for (Map.Entry<String, List<SourceFile>> kind : byEnding(found).entrySet()) {
      List<SourceFile> first = kind.getValue().subList(0, Math.min(TRIED, kind.getValue().size()));
      Optional<Failure> problem = InputSample.problem(options, first);
      if (problem.isPresent() && csv == null && CsvCheck.isCsv(first.get(0), InputFormat.AUTO)) {
        csv = CsvGuess.of(new FileSystemOpener(), first.get(0)).orElse(null);
        if (csv != null) {
          setColumns(csv, options);
          problem = InputSample.problem(options, first);
        }
      }
      String glob = all + kind.getKey();
      String why = problem.map(Failure::message).orElse(null);
      if (!kind.getKey().isEmpty()) {
        globs.add(
            new Glob(glob, InputCheck.contents(found, kind.getValue(), InputFormat.AUTO), why));
      } else if (why == null) {
        // No glob has these files alone.
        anyFile = true;
      } else {
        notices.add(
            "left out: %d files without an ending, such as %s: %s"
                .formatted(kind.getValue().size(), first.get(0).path(), why));
      }
    }
    String contents =
        found.files().isEmpty() ? "" : InputCheck.contents(found, found.files(), InputFormat.AUTO);
    return new FolderSurvey(
        contents, anyFile ? List.of(new Glob(all, contents, null)) : globs, csv, notices);
  }

  private static void setColumns(CsvGuess csv, IndexingOptions options) {
    options.setCsvIdColumn(csv.layout().id());
    options.setCsvTextColumn(csv.layout().text());
    if (csv.layout().delimiter() != 0) {
      options.setCsvDelimiter(String.valueOf(csv.layout().delimiter()));
    }
  }

  /** Files without an ending, or with one of too many, are under an empty one. */
  private static Map<String, List<SourceFile>> byEnding(InputFiles found) {
    Map<String, List<SourceFile>> kinds = new TreeMap<>();
    for (SourceFile file : found.files()) {
      Matcher ending = ENDING.matcher(file.source());
      kinds
          .computeIfAbsent(ending.find() ? ending.group() : "", none -> new ArrayList<>())
          .add(file);
    }
    List<String> unknown =
        kinds.keySet().stream().filter(each -> InputFormat.ofName(each).isEmpty()).toList();
    if (unknown.size() > MAX_UNKNOWN) {
      List<SourceFile> others = new ArrayList<>();
      unknown.forEach(ending -> others.addAll(kinds.remove(ending)));
      kinds.put("", others);
    }
    return kinds;
  }
}
