package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** What {@link Settings} knows beyond the options' values. Cannot be set by users. */
public interface GivenSettings extends PipelineOptions {

  /** The names of the options that files and flags set; null if the options come from a program. */
  @JsonIgnore
  @Nullable List<String> getGivenNames();

  void setGivenNames(List<String> names);

  /** Names that earlier versions gave to a pipeline that the settings do not name. */
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
