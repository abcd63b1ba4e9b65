package org.irisgraph.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.ExtractionLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexingPipelineTest {

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @BeforeEach
  void writeDictionary(@TempDir Path directory) throws Exception {
    options.setDictionary(
        Files.writeString(directory.resolve("terms.tsv"), "gout\tDISEASE\n").toString());
    options.setPipeline("test");
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
  }

  @Test
  void tellsTheSinkWhatToDoWithLongTexts() throws Exception {
    assertThat(longText(), is(List.of("STREAM")));

    options.setIrisLongText(LongText.STRING);

    assertThat(longText(), is(List.of("STRING")));
  }

  /** What the sink shows for the setting; it connects to nothing before a pipeline runs. */
  private List<Object> longText() throws Exception {
    RunPlan plan = RunPlan.of(options, "run", ExtractionLoader.load(options));
    return DisplayData.from(IndexingPipeline.write(plan)).items().stream()
        .filter(item -> item.getKey().equals("longText"))
        .map(DisplayData.Item::getValue)
        .toList();
  }
}
