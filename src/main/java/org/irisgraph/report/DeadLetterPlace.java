package org.irisgraph.report;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.irisgraph.files.OutputPath;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;

/** The directory of a run's dead letters. */
public final class DeadLetterPlace {

  /** The value of {@code deadLetters} for no file. */
  public static final String NONE = "none";

  private static final String DEFAULT = "dead-letters";
  private static final String IN_MEMORY = "jdbc:h2:mem:";

  private DeadLetterPlace() {}

  /**
   * The directory that the options name, else {@code dead-letters} beside the file of an embedded
   * database or in the working directory, if it can be written there.
   */
  public static Optional<String> of(IndexingOptions options) {
    String named = options.getDeadLetters();
    if (named != null) {
      return named.equals(NONE) ? Optional.empty() : Optional.of(named);
    }
    if (options.getJdbcUrl().startsWith(IN_MEMORY)) {
      return Optional.empty();
    }
    String directory =
        new DatabaseUrl(options.getJdbcUrl())
            .file()
            .map(file -> Objects.toString(Path.of(file).resolveSibling(DEFAULT)))
            .orElse(DEFAULT);
    return new OutputPath("deadLetters", directory).problemOfDirectory().isEmpty()
        ? Optional.of(directory)
        : Optional.empty();
  }
}
