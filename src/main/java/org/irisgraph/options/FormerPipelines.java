package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.PipelineOptions;

/** Names that earlier versions gave to a pipeline that the settings do not name. Cannot be set. */
public interface FormerPipelines extends PipelineOptions {

  @JsonIgnore
  @Default.InstanceFactory(None.class)
  List<String> getFormerPipelines();

  void setFormerPipelines(List<String> names);

  /** The default: the settings name the pipeline. */
  final class None implements DefaultValueFactory<List<String>> {
    @Override
    public List<String> create(PipelineOptions options) {
      return List.of();
    }
  }
}
