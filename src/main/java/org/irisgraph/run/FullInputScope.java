package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graphrag.DeadLetter;
import org.irisgraph.graphrag.LedgerReconciler;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.WatchSettings;
import org.irisgraph.report.Summary;
import org.jspecify.annotations.Nullable;

/** The scope of a run over all of {@code input} or {@code jdbcInput}. */
final class FullInputScope implements RunScope {

  private boolean mayBeEmpty;
  private @Nullable InputFiles matched;

  @Override
  public long bytes(IndexingOptions options) throws IOException {
    return JdbcInput.isSet(options) ? 0 : files(options).bytes();
  }

  @Override
  public List<String> warnings(IndexingOptions options) throws IOException {
    List<String> warnings =
        JdbcInput.isSet(options)
            ? List.of()
            : new InputWarnings(files(options)).of(options.getInputFormat());
    matched = null;
    return warnings;
  }

  private InputFiles files(IndexingOptions options) throws IOException {
    InputFiles files = matched == null ? InputFiles.match(ReaderSettings.globs(options)) : matched;
    matched = files;
    return files;
  }

  @Override
  public void prepare(Connection connection, RunPlan plan) {
    mayBeEmpty = JdbcInput.isSet(plan.options()) || WatchSettings.isSet(plan.options());
  }

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
    if (incomplete > 0) {
      return Summary.Status.FAILED;
    }
    // Files without a single document are most often the wrong ones.
    return documents.read() == 0 && !mayBeEmpty ? Summary.Status.PARTIAL : documents.status();
  }
}
