package org.irisgraph.htmlreport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.irisgraph.ask.ConnectedNodes;
import org.irisgraph.ask.PipelineStatus;
import org.irisgraph.ask.StatusReader;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is in a database as one HTML file. Scripts and styles are in the file; it loads
 * nothing. What comes from documents is data of the scripts, which show it as text only.
 */
public final class HtmlReport {

  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String UPLOT = WEBJARS + "uplot/1.6.30/dist/";
  private static final String CYTOSCAPE = WEBJARS + "cytoscape/3.33.1/dist/";

  /** More are not legible on a screen. */
  private static final int NODES = 80;

  private static final int EDGES = 300;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setSerializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private final IndexingOptions options;

  /** A report about the pipeline and the tables that the options name. */
  public HtmlReport(IndexingOptions options) {
    this.options = options;
  }

  /**
   * What the page shows.
   *
   * @param remedies what to do about what was rejected, by code
   * @param timeline of the last run that stored a document; null if there is none
   * @param run the row of that run; null if the table of runs does not have it
   * @param graph null without a linked graph
   */
  private record Content(
      String created,
      String database,
      PipelineStatus status,
      Map<String, String> remedies,
      @Nullable Timeline timeline,
      @Nullable RecordedRun run,
      ConnectedNodes.@Nullable Part graph) {}

  /**
   * Reads the database and returns the page.
   *
   * @throws StoreException if a table is missing that every run needs
   */
  public String read(Connection connection) throws SQLException, IOException, StoreException {
    StatusReader reader = new StatusReader(options);
    reader.requireTables(connection);
    PipelineStatus status = reader.read(connection, Long.MAX_VALUE);
    LinkedTables linked = new LinkedTables(options.getLedgerSchema());
    boolean isLinked = TableShape.lookUp(connection, linked.edges()).exists();
    Timeline timeline =
        Timeline.read(
            connection,
            RunPlan.connection(options).dialect(),
            RunPlan.ledgerTable(options),
            options.getPipeline());
    return page(
        new Content(
            Instant.now().toString(),
            "%s, schema %s".formatted(options.getJdbcUrl(), options.getSchema()),
            status,
            status.rejected().stream()
                .map(reason -> String.valueOf(reason.code()))
                .distinct()
                .collect(Collectors.toMap(code -> code, Remedy::of)),
            timeline,
            timeline == null ? null : reader.run(connection, timeline.runId()).orElse(null),
            isLinked
                ? new ConnectedNodes(
                        connection,
                        RunPlan.connection(options).dialect(),
                        RunPlan.tables(options),
                        options.getLedgerSchema())
                    .part(NODES, EDGES)
                : null));
  }

  private static String page(Content content) throws IOException {
    // In a script element, "<" could end the element; in JSON it is inside strings only.
    String data = JSON.writeValueAsString(content).replace("<", "\\u003c");
    return resource("report.html")
        .replace("/* uplot.css */", resource(UPLOT + "uPlot.min.css"))
        .replace("/* report.css */", resource("report.css"))
        .replace("/* uplot.js */", resource(UPLOT + "uPlot.iife.min.js"))
        .replace("/* cytoscape.js */", resource(CYTOSCAPE + "cytoscape.min.js"))
        .replace("/* report.js */", resource("report.js"))
        .replace("/* data */", data);
  }

  private static String resource(String name) throws IOException {
    try (InputStream content = HtmlReport.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IOException(name + " is not on the class path");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
