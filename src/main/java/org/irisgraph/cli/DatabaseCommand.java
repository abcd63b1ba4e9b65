package org.irisgraph.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.sql.SQLException;
import java.util.Optional;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.plan.FormerName;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.SettingsValidator;
import org.joda.time.Duration;

/** A command that uses the database that runs have written to, and reads no input. */
abstract class DatabaseCommand extends SettingsCommand {

  DatabaseCommand(KnownOptions known) {
    super(known);
  }

  /**
   * Connects, but does not create an embedded database.
   *
   * @throws StoreException if there is no database
   */
  final LauncherConnection open(IndexingOptions options)
      throws StoreException, SQLException, InterruptedException {
    return open(options, RunPlan.connection(options));
  }

  /**
   * Connects by other settings than those of runs, such as those for reading only.
   *
   * @throws StoreException if there is no database
   */
  final LauncherConnection open(IndexingOptions options, ConnectionSettings settings)
      throws StoreException, SQLException, InterruptedException {
    new SettingsValidator(known(), options).validateDatabase();
    Optional<String> file = new DatabaseUrl(options.getJdbcUrl()).missingFile();
    if (file.isPresent()) {
      throw new StoreException.Configuration(
          "there is no database %s: run index first, or correct jdbcUrl".formatted(file.get()));
    }
    LauncherConnection launcher = connect(options, settings);
    try {
      FormerName.adopt(launcher.get(), options);
      return launcher;
    } catch (SQLException | StoreException | RuntimeException e) {
      launcher.close();
      throw e;
    }
  }

  /**
   * Writes an object as JSON: times as {@code 2026-01-01T12:00:00.000+00:00}; what is unknown has
   * no member.
   */
  static String json(Object value) throws JsonProcessingException {
    return new ObjectMapper()
        .setSerializationInclusion(JsonInclude.Include.NON_NULL)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(value);
  }

  /** Connects as a run does at its start. */
  static LauncherConnection connect(IndexingOptions options)
      throws StoreException, InterruptedException {
    return connect(options, RunPlan.connection(options));
  }

  private static LauncherConnection connect(IndexingOptions options, ConnectionSettings settings)
      throws StoreException, InterruptedException {
    return LauncherConnection.open(
        settings, Duration.standardSeconds(options.getRetrySeconds()), () -> false);
  }
}
