package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graphrag.DeadLetter;
import org.irisgraph.graphrag.LedgerReconciler;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.Summary;

/** The scope of a run over all of {@code input} or {@code jdbcInput}. */
final class FullInputScope implements RunScope {

  @Override
  public long bytes(IndexingOptions options) throws IOException {
    return JdbcInput.isSet(options) ? 0 : InputFiles.match(ReaderSettings.globs(options)).bytes();
  }

  @Override
  public void prepare(Connection connection, RunPlan plan) {}

  @Override
  public void build(Pipeline pipeline, RunPlan plan) {
    IndexingPipeline.build(pipeline, plan);
  }

  @Override
  public void review(Connection connection, RunPlan plan) throws SQLException {
    new LedgerReconciler(plan.ledger()).review(connection);
  }

  @Override
  public boolean isNews(DeadLetter letter) {
    return true;
  }

  @Override
  public Summary.Status status(Summary.Documents documents, long incomplete) {
    return incomplete == 0 ? documents.status() : Summary.Status.FAILED;
  }
}
