package org.irisgraph.plan;

import java.nio.file.Path;
import java.util.Optional;
import org.irisgraph.document.GlobPath;
import org.irisgraph.files.OutputPath;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;

/** The directory of a run's dead letters. */
public final class DeadLetterPlace {

  /** The value of {@code deadLetters} for no file. */
  static final String NONE = "none";

  private static final String DEFAULT = "dead-letters";

  /** Globs leave hidden folders out. */
  private static final String HIDDEN = ".dead-letters";

  private DeadLetterPlace() {}

  /**
   * The directory that the options name, else {@code dead-letters} beside the file of an embedded
   * database or in the working directory, if it can be written there. The folder is hidden where
   * the input's globs would read its files as documents in the next run.
   */
  public static Optional<String> of(IndexingOptions options) {
    String named = options.getDeadLetters();
    if (named != null) {
      return named.equals(NONE) ? Optional.empty() : Optional.of(named);
    }
    DatabaseUrl database = new DatabaseUrl(options.getJdbcUrl());
    if (database.isInMemory()) {
      return Optional.empty();
    }
    Path plain =
        database.file().map(file -> Path.of(file).resolveSibling(DEFAULT)).orElse(Path.of(DEFAULT));
    String directory =
        (mayBeRead(options, plain) ? plain.resolveSibling(HIDDEN) : plain).toString();
    return new OutputPath("deadLetters", directory).problemOfDirectory().isEmpty()
        ? Optional.of(directory)
        : Optional.empty();
  }

  private static boolean mayBeRead(IndexingOptions options, Path directory) {
    String folder = directory.toAbsolutePath().normalize().toString().replace('\\', '/');
    return options.getInput() != null
        && options.getInput().stream()
            .anyMatch(
                glob -> {
                  String pattern = glob.substring(GlobPath.fixedPart(glob).length());
                  return (pattern.contains("**") || pattern.contains("/"))
                      && !GlobPath.below(glob, folder).equals(folder);
                });
  }
}
