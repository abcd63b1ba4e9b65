package org.irisgraph.run;

import java.nio.file.Path;
import java.util.Optional;
import org.irisgraph.lease.ProcessFile;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.options.DatabaseUrl;

/**
 * What a run writes beside an embedded database, which no other process can open meanwhile.
 *
 * @param pipeline its name
 * @param run its row as it would be now
 */
public record RunBesideDatabase(String pipeline, RecordedRun run) {

  /** The file beside a database; empty if that is not embedded, or in memory. */
  static Optional<ProcessFile> file(String jdbcUrl) {
    return new DatabaseUrl(jdbcUrl).file().map(name -> new ProcessFile(Path.of(name)));
  }

  /** The run that has a database open, with its process; empty if none is known. */
  public static Optional<ProcessFile.Written<RunBesideDatabase>> read(String jdbcUrl) {
    return file(jdbcUrl).flatMap(file -> file.read(RunBesideDatabase.class));
  }
}
