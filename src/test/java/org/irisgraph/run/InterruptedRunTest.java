package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.DeadLetter;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose own connection is lost before and after the flow goes on with a new one. */
class InterruptedRunTest {

  @TempDir private Path directory;

  @Test
  void goesOnWithANewConnectionBeforeAndAfterTheFlow() throws Exception {
    Files.writeString(directory.resolve("a.txt"), "Asthma and gout.");
    Files.writeString(directory.resolve("dictionary.tsv"), "asthma\tDISEASE\ngout\tDISEASE\n");
    List<String> steps = new ArrayList<>();
    try (IndexingRun indexing = new IndexingRun(directory)) {
      Summary summary =
          indexing.job(options -> {}, options -> new LosingScope(options, steps)).run();

      assertThat(summary.status(), is(Summary.Status.SUCCEEDED));
      assertThat(steps, is(List.of("prepare", "prepare again", "review")));
      assertThat(
          indexing.rows("SELECT document_id, outcome FROM RAG.DocumentLedger"),
          is(List.of("a.txt|indexed")));
    }
  }

  /** Loses the connection in each step once. */
  private static final class LosingScope implements RunScope {

    private final FullInputScope all;
    private final List<String> steps;

    LosingScope(IndexingOptions options, List<String> steps) {
      this.all = new FullInputScope(options);
      this.steps = steps;
    }

    @Override
    public InputSurvey survey(IndexingOptions options) throws IOException {
      return all.survey(options);
    }

    @Override
    public void prepare(Connection connection, RunPlan plan) throws SQLException {
      if (steps.isEmpty()) {
        steps.add("prepare");
        connection.close();
        connection.createStatement().close();
      }
      steps.add("prepare again");
      all.prepare(connection, plan);
    }

    @Override
    public void build(Pipeline pipeline, RunPlan plan) {
      all.build(pipeline, plan);
    }

    @Override
    public void review(LauncherConnection launcher, RunPlan plan)
        throws SQLException, StoreException, InterruptedException {
      steps.add("review");
      launcher.get().close();
      all.review(launcher, plan);
      launcher.get().close();
    }

    @Override
    public boolean isNews(DeadLetter letter) {
      return all.isNews(letter);
    }

    @Override
    public Summary.Status status(Summary.Documents documents, long incomplete) {
      return all.status(documents, incomplete);
    }
  }
}
