package org.irisgraph.plan;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.document.tika.ParserSettings;
import org.irisgraph.files.FileSystemOpener;
import org.irisgraph.files.InputFiles;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.ledger.DatabaseParseAttempts;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.ParseAttemptTable;
import org.irisgraph.options.IndexingOptions;
import org.joda.time.Duration;

/** The options of reading files. */
public final class ReaderSettings {

  private ReaderSettings() {}

  /** The globs of the files to read; none if a table is read. */
  public static List<String> globs(IndexingOptions options) {
    return Objects.requireNonNullElse(options.getInput(), List.of());
  }

  /** Finds the files to read. */
  public static InputFiles files(IndexingOptions options) throws IOException {
    return InputFiles.match(globs(options), options.getInputBase());
  }

  /** Whether the run may parse files in another process. */
  public static boolean mayParse(IndexingOptions options) {
    return options.getInput() != null && options.getInputFormat().mayBeRisky();
  }

  /** A reader that records its attempts at risky files in the run's database. */
  static SourceReader reader(
      IndexingOptions options, ConnectionSettings connection, LedgerSettings ledger) {
    return reader(
        options,
        new DatabaseParseAttempts(
            connection,
            new ParseAttemptTable(ledger),
            Duration.standardSeconds(options.getRetrySeconds())));
  }

  /** A reader that records nothing in the database. */
  public static SourceReader uncounted(IndexingOptions options) {
    return reader(options, ParseAttempts.UNCOUNTED);
  }

  private static SourceReader reader(IndexingOptions options, ParseAttempts attempts) {
    return new SourceReader(
            new FileSystemOpener(),
            options.getInputFormat(),
            CsvSettings.layout(options),
            options.getMaxDocumentBytes())
        .encodedIn(Charset.forName(options.getEncoding()))
        .parsing(
            new ParserSettings(
                options.getTikaHeapMegabytes(),
                options.getTikaTimeoutSeconds(),
                options.getTikaMaxCharacters()),
            attempts);
  }
}
