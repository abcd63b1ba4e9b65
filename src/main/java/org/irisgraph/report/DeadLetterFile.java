package org.irisgraph.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.irisgraph.files.AtomicFile;
import org.irisgraph.ledger.DeadLetter;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.RejectReasons;

/** Writes the dead letters of a run atomically, one JSON object per line. */
public final class DeadLetterFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterFile() {}

  /**
   * Writes {@code DIRECTORY/RUN.jsonl}, or nothing if there is no dead letter.
   *
   * @param isNews which dead letters to write
   * @return their reasons
   */
  public static RejectReasons write(
      Path directory,
      String runId,
      LedgerReader ledger,
      Connection connection,
      Predicate<DeadLetter> isNews)
      throws IOException, SQLException {
    RejectReasons reasons = new RejectReasons();
    AtomicFile.<SQLException>write(
        directory.resolve(runId + ".jsonl"),
        writer -> {
          try {
            ledger.deadLetters(
                connection,
                letter -> {
                  if (isNews.test(letter)) {
                    write(writer, letter);
                    reasons.add(letter);
                  }
                });
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
          return !reasons.isEmpty();
        });
    return reasons;
  }

  /** The JSON line of a dead letter. */
  public static void write(BufferedWriter writer, DeadLetter letter) {
    try {
      writer.write(JSON.writeValueAsString(letter));
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
