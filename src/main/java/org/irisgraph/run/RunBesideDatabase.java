package org.irisgraph.run;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.Optional;
import org.irisgraph.lease.ProcessFile;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.options.DatabaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a run writes beside an embedded database, which no other process can open meanwhile.
 *
 * @param pipeline its name
 * @param read documents that were read, those that are not stored yet among them
 * @param settled documents whose outcome the ledger has
 * @param total documents of the input, about; 0 if unknown
 * @param documentsPerSecond settled ones, since its start; null if unknown
 */
public record RunBesideDatabase(
    String pipeline,
    String runId,
    Timestamp since,
    @Nullable String phase,
    long read,
    long settled,
    long total,
    @Nullable Double documentsPerSecond) {

  static RunBesideDatabase of(String pipeline, RecordedRun run) {
    return new RunBesideDatabase(
        pipeline,
        run.runId(),
        run.time().startedAt(),
        run.phase(),
        run.input().read(),
        run.settled(),
        run.input().total(),
        run.documentsPerSecond());
  }

  /** The file beside a database; empty if that is not embedded, or in memory. */
  static Optional<ProcessFile> file(String jdbcUrl) {
    return new DatabaseUrl(jdbcUrl).file().map(name -> new ProcessFile(Path.of(name)));
  }

  /** The run that has a database open, with its process; empty if none is known. */
  public static Optional<ProcessFile.Written<RunBesideDatabase>> read(String jdbcUrl) {
    return file(jdbcUrl).flatMap(file -> file.read(RunBesideDatabase.class));
  }
}
