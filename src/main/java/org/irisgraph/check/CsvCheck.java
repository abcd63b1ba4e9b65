package org.irisgraph.check;

import java.util.List;
import java.util.Optional;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.CsvGuess;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.files.FileSystemOpener;
import org.irisgraph.graph.Failure;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.run.InputSample;

/** Looks for the columns of documents in CSV files. */
final class CsvCheck {

  private CsvCheck() {}

  /** Whether a file is read as CSV. */
  static boolean isCsv(SourceFile file, InputFormat inputFormat) {
    return inputFormat == InputFormat.AUTO
        ? InputFormat.ofName(file.path()).filter(InputFormat.CSV::equals).isPresent()
        : inputFormat == InputFormat.CSV;
  }

  /** Explains which columns a file lacks, and which may be meant; empty if it lacks none. */
  static Optional<String> problem(IndexingOptions options, SourceFile file) {
    return InputSample.problem(options, List.of(file))
        .filter(failure -> failure.code().equals(ReadFailure.BAD_HEADER.name()))
        .map(Failure::message)
        .map(
            message ->
                "%s: %s%s"
                    .formatted(
                        file.source(),
                        message,
                        CsvGuess.of(new FileSystemOpener(), file)
                            .map(CsvCheck::suggestion)
                            .orElse("")));
  }

  private static String suggestion(CsvGuess guess) {
    char delimiter = guess.layout().delimiter();
    return "; its values suggest --csvIdColumn=%s --csvTextColumn=%s%s"
        .formatted(
            guess.layout().id(),
            guess.layout().text(),
            delimiter == 0
                ? ""
                : " --csvDelimiter='%s'".formatted(delimiter == '\t' ? "\\t" : delimiter));
  }
}
