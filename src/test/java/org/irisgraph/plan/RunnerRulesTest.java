package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Test;

class RunnerRulesTest {

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @Test
  void refusesEmbeddedDatabasesOnACluster() {
    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setFlinkMaster("cluster:8081");
    options.setJdbcInput("S.Articles");
    options.setJdbcInputUrl("jdbc:h2:./articles");

    assertThat(
        problems(false),
        contains(
            "the workers of a Flink cluster cannot reach the embedded database"
                + " jdbc:h2:./knowledge-graph: set jdbcUrl to a database server, or"
                + " flinkMaster=[local]",
            "the workers of a Flink cluster cannot reach the embedded database"
                + " jdbc:h2:./articles: set jdbcInputUrl to a database server, or"
                + " flinkMaster=[local]"));
  }

  @Test
  void takesEmbeddedDatabasesInThisJvm() {
    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setFlinkMaster("[local]");

    assertThat(problems(false), is(empty()));
  }

  @Test
  void deletesNothingAfterAPartOfTheInput() {
    options.setDeleteMissing(true);
    options.setEstimateOnly(true);

    assertThat(
        problems(true),
        contains(
            startsWith("estimateOnly is for index"),
            startsWith("deleteMissing is for runs that read all the input")));
    assertThat(problems(false), is(empty()));
  }

  private List<String> problems(boolean partOfInput) {
    List<String> problems = new ArrayList<>();
    RunnerRules.check(options, partOfInput, problems);
    return problems;
  }
}
