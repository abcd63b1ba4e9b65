package org.irisgraph.iris;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The tables of {@link Parcel} in H2, new for each test. */
abstract class ParcelTables {

  TestTarget target;

  @BeforeEach
  void createTables() throws Exception {
    target = TestTarget.h2();
    target.execute(Parcel.schemaAndTables());
  }

  /** A pipeline on one thread of the Direct runner, whose driver polls on all that are idle. */
  static Pipeline pipeline() {
    return pipeline(1);
  }

  static Pipeline pipeline(int threads) {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setTargetParallelism(threads);
    return Pipeline.create(options);
  }

  @AfterEach
  void closeTarget() throws Exception {
    target.close();
  }
}
