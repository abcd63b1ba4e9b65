package org.irisgraph.report;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.LoadSettings;
import org.irisgraph.plan.RunPlan;

/** Summary footer: locations and hints. */
public final class NextSteps {

  private final IndexingOptions options;
  private final Summary summary;

  public NextSteps(IndexingOptions options, Summary summary) {
    this.options = options;
    this.summary = summary;
  }

  /** Locations of database, dead letters and summary, by label. */
  public Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("database", options.getJdbcUrl() + ", schema " + options.getSchema());
    String directory = options.getDeadLetters();
    if (directory != null) {
      String file = directory.replaceFirst("/+$", "") + "/" + summary.runId() + ".jsonl";
      if (Files.exists(Path.of(file))) {
        places.put("dead letters", file);
      }
    }
    if (options.getSummary() != null && !isSubmitted()) {
      places.put("summary", options.getSummary());
    }
    return places;
  }

  /** Hints on what to do next, one line each. */
  public List<String> hints() {
    List<String> hints = new ArrayList<>();
    if (isSubmitted()) {
      hints.add("This run is detached: it writes neither summary nor dead letters.");
      hints.add("When its job has ended, query the ledger for the outcome of the documents:");
      hints.add(
          "SELECT outcome, stale, COUNT(*) AS documents FROM %s WHERE seen_run_id = '%s' GROUP BY outcome, stale"
              .formatted(RunPlan.ledgerTable(options), summary.runId()));
    } else if (summary.status() == Summary.Status.FAILED) {
      hints.add(
          LoadSettings.of(options).needsEmptyTables()
              ? "Run it again without deferIndexes and nocheck: it resumes after the committed"
                  + " documents."
              : "After a fix, run the same command again: it resumes after the committed"
                  + " documents.");
    } else if (summary.status() == Summary.Status.PARTIAL && summary.documents().read() == 0) {
      hints.add("There is no document in the files of the input: check what input names.");
    } else if (hasDeadLetters()) {
      hints.add(
          options.getDeadLetters() == null
              ? "Add --deadLetters=DIRECTORY to write rejected documents to a file."
              : "The dead letters list what was rejected and why.");
      hints.add(
          "After a fix, replay only these documents: replay with the same settings%s."
              .formatted(
                  options.getDeadLetters() == null ? "" : " and " + options.getDeadLetters()));
    } else if (hasOnlyUnchanged()) {
      hints.add("Nothing has changed; --reindex=all extracts and stores everything again.");
    }
    if (new DatabaseUrl(options.getJdbcUrl()).file().isPresent()) {
      hints.add("Query the graph for the entities of most documents:");
      hints.add(shell());
    }
    return hints;
  }

  private boolean isSubmitted() {
    return summary.status() == Summary.Status.SUBMITTED;
  }

  private boolean hasDeadLetters() {
    return summary.documents().status() == Summary.Status.PARTIAL
        || summary.rows().values().stream().anyMatch(rows -> rows.rejected() > 0);
  }

  private boolean hasOnlyUnchanged() {
    Summary.Documents documents = summary.documents();
    return documents.read() > 0
        && documents.unchanged() == documents.read()
        && documents.deleted() == 0;
  }

  private String shell() {
    String user = options.getJdbcUser() == null ? "" : " -user " + options.getJdbcUser();
    String password = options.getJdbcPasswordFrom() == null ? "" : " -password …";
    return ("java -cp %s org.h2.tools.Shell -url \"%s\"%s%s -sql \"SELECT entity_name, COUNT(*) AS"
            + " documents FROM %s.Entities GROUP BY entity_name ORDER BY documents DESC LIMIT 10\"")
        .formatted(driverJar(), options.getJdbcUrl(), user, password, options.getSchema());
  }

  /** The jar that H2 was loaded from, relative to the working directory if possible. */
  private static String driverJar() {
    CodeSource source = org.h2.Driver.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = Path.of(source.getLocation().toURI());
      Path working = Path.of("").toAbsolutePath();
      return jar.startsWith(working) ? working.relativize(jar).toString() : jar.toString();
    } catch (URISyntaxException e) {
      return "h2.jar";
    }
  }
}
