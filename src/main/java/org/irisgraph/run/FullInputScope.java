package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.files.InputFiles;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.DeadLetter;
import org.irisgraph.ledger.LedgerReconciler;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.WatchSettings;
import org.irisgraph.report.Summary;

/** The scope of a run over all of {@code input} or {@code jdbcInput}. */
public final class FullInputScope implements RunScope {

  private final boolean mayBeEmpty;

  public FullInputScope(IndexingOptions options) {
    this.mayBeEmpty = JdbcInput.isSet(options) || WatchSettings.isSet(options);
  }

  @Override
  public InputSurvey survey(IndexingOptions options) throws IOException {
    if (JdbcInput.isSet(options)) {
      return InputSurvey.UNKNOWN;
    }
    InputFiles files = ReaderSettings.files(options);
    return new InputSurvey(
        files.textBytes(), new InputWarnings(files).of(options.getInputFormat()));
  }

  @Override
  public void prepare(Connection connection, RunPlan plan) {}

  @Override
  public void build(Pipeline pipeline, RunPlan plan) {
    IndexingPipeline.build(pipeline, plan);
  }

  @Override
  public void review(LauncherConnection launcher, RunPlan plan)
      throws SQLException, StoreException, InterruptedException {
    LedgerReconciler reconciler =
        new LedgerReconciler(
            plan.ledger(),
            plan.options().getBatchRows(),
            plan.lease().guard(),
            plan.options().isDeleteMissing());
    launcher.work().repeatedly(LedgerReconciler.WORK, () -> reconciler.review(launcher.get()));
  }

  @Override
  public boolean isNews(DeadLetter letter) {
    return true;
  }

  @Override
  public Summary.Status status(Summary.Documents documents, long incomplete) {
    if (incomplete > 0) {
      return Summary.Status.FAILED;
    }
    // Files without a single document are most often the wrong ones.
    return documents.read() == 0 && !mayBeEmpty ? Summary.Status.PARTIAL : documents.status();
  }
}
