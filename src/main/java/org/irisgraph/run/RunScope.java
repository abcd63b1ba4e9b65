package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.DeadLetter;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.Summary;

/** What a run reads, and what its end may conclude from that. */
public interface RunScope {

  /** Looks at the input without reading it. */
  InputSurvey survey(IndexingOptions options) throws IOException;

  /** Reads the ledger before the flow, when the tables exist. May be repeated after any part. */
  void prepare(Connection connection, RunPlan plan) throws SQLException, IOException;

  /** Adds the flow to the pipeline. */
  void build(Pipeline pipeline, RunPlan plan);

  /** Draws the conclusions of a successful flow. */
  void review(LauncherConnection launcher, RunPlan plan)
      throws SQLException, IOException, StoreException, InterruptedException;

  /** Whether a dead letter of the run belongs into its file. */
  boolean isNews(DeadLetter letter);

  /**
   * How a run with these documents ends if it comes to its end.
   *
   * @param incomplete how many it has seen that are stored in part, by a run that was killed
   */
  Summary.Status status(Summary.Documents documents, long incomplete);
}
