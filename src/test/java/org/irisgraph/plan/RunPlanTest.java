package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.jdbc.IrisIsolation;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Test;

class RunPlanTest {

  @Test
  void connectsWithTheIsolationOfTheOptions() {
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    assertThat(RunPlan.connection(options).isolation(), is(IrisIsolation.READ_COMMITTED));

    options.setIrisIsolation(IrisIsolation.READ_UNCOMMITTED);

    assertThat(RunPlan.connection(options).isolation(), is(IrisIsolation.READ_UNCOMMITTED));
  }
}
