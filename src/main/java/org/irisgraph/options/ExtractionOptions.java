package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** The options of the extractors that need no language model. */
@Group(OptionGroup.EXTRACTION)
public interface ExtractionOptions extends PipelineOptions {

  @Description("Extractors to run, separated by commas: dictionary, pattern, ner, onnx, llm.")
  @Default.InstanceFactory(DerivedDefaults.Extractors.class)
  List<String> getExtractors();

  void setExtractors(List<String> extractors);

  @Description("Dictionary file: term, type and optionally id on each line, separated by tabs.")
  @Nullable String getDictionary();

  void setDictionary(String dictionary);

  @Description(
      "Whether a Greek letter and its name are the same in the dictionary's terms, as in TNF-α "
          + "and TNF-alpha.")
  @Default.Boolean(false)
  boolean isGreekNames();

  void setGreekNames(boolean greekNames);

  @Description("YAML file of named regular expressions for the extractor pattern.")
  @Nullable String getPatterns();

  void setPatterns(String patterns);

  @Description("YAML file of the sentence patterns that express relationships.")
  @Nullable String getRelationPatterns();

  void setRelationPatterns(String relationPatterns);

  @Description(
      "Model file for the extractor ner, as the command train writes it; "
          + "the same as this file in names.")
  @Nullable String getNameModel();

  void setNameModel(String nameModel);

  @Description(
      "Models of the extractor ner: biomedical, general, both, or model files, separated by"
          + " commas.")
  @Default.InstanceFactory(DerivedDefaults.Names.class)
  @Nullable List<String> getNames();

  void setNames(@Nullable List<String> names);

  @Description(
      "Folder of a token-classification model for the extractor onnx: model.onnx, tokenizer.json"
          + " and config.json; or the path of another file .onnx there.")
  @Nullable String getOnnxModel();

  void setOnnxModel(String onnxModel);

  @Description(
      "Entity types of the model's labels, as in PER=PERSON,MISC=, separated by commas; a label"
          + " with an empty type is left out. PER, ORG and LOC have theirs.")
  @Nullable List<String> getOnnxTypes();

  void setOnnxTypes(@Nullable List<String> onnxTypes);

  @Description("Least confidence of a mention that the extractor onnx reports.")
  @Default.Double(0)
  @Range(min = 0, max = 1)
  double getOnnxMinConfidence();

  void setOnnxMinConfidence(double onnxMinConfidence);

  @Description("Most relationships per sentence; those between the nearest entities are kept.")
  @Default.Integer(200)
  @Range(min = 0, max = 1_000_000)
  int getMaxRelationshipsPerSentence();

  void setMaxRelationshipsPerSentence(int maxRelationshipsPerSentence);
}
