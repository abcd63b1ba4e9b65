package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.extract.llm.ResponseFormat;

/** What a run is told about the language model that the extractor {@code llm} asks. */
public interface LanguageModelOptions extends PipelineOptions {

  @Description(
      "OpenAI-compatible endpoint of the extractor llm, up to the version, as in"
          + " http://localhost:11434/v1.")
  String getLlmUrl();

  void setLlmUrl(String llmUrl);

  @Description("Name of the language model at its endpoint.")
  String getLlmModel();

  void setLlmModel(String llmModel);

  @Description(
      "Where each worker finds the endpoint's key, env:NAME or file:PATH; without it none is sent.")
  String getLlmApiKeyFrom();

  void setLlmApiKeyFrom(String llmApiKeyFrom);

  @Description(
      "Tokens of one call at most: instructions, documents and answer together. Short documents"
          + " share a call, longer ones are cut into chunks.")
  @Default.Integer(8192)
  @Range(min = 1024, max = 1_000_000)
  int getLlmTokensPerCall();

  void setLlmTokensPerCall(int llmTokensPerCall);

  @Description("Calls that are under way at the same time in each worker's JVM.")
  @Default.Integer(4)
  @Range(min = 1, max = 256)
  int getLlmConcurrency();

  void setLlmConcurrency(int llmConcurrency);

  @Description("Requests that each worker's JVM sends in a minute at most; 0 for no limit.")
  @Default.Integer(0)
  @Range(min = 0, max = 1_000_000)
  int getLlmRequestsPerMinute();

  void setLlmRequestsPerMinute(int llmRequestsPerMinute);

  @Description("Seconds that a request may take, to the last byte of its answer.")
  @Default.Integer(120)
  @Range(min = 1, max = 3600)
  int getLlmTimeoutSeconds();

  void setLlmTimeoutSeconds(int llmTimeoutSeconds);

  @Description("Types of entities that the language model is asked for, separated by commas.")
  @Default.InstanceFactory(ModelDefaults.EntityTypes.class)
  List<String> getLlmTypes();

  void setLlmTypes(List<String> llmTypes);

  @Description("Types of relationships that it is asked for, separated by commas.")
  @Default.InstanceFactory(ModelDefaults.RelationTypes.class)
  List<String> getLlmRelationTypes();

  void setLlmRelationTypes(List<String> llmRelationTypes);

  @Description(
      "File of the instructions for the language model, in place of those that come along; the"
          + " types and the form of the answer are always added.")
  String getLlmPrompt();

  void setLlmPrompt(String llmPrompt);

  @Description(
      "How the server is told the form of an answer: by a JSON schema, only that it is to be JSON,"
          + " or not at all.")
  @Default.Enum("JSON_SCHEMA")
  ResponseFormat getLlmResponseFormat();

  void setLlmResponseFormat(ResponseFormat llmResponseFormat);

  @Description("Price of a million tokens that the model reads, for estimate and summary.")
  Double getLlmInputPrice();

  void setLlmInputPrice(Double llmInputPrice);

  @Description("Price of a million tokens that the model writes.")
  Double getLlmOutputPrice();

  void setLlmOutputPrice(Double llmOutputPrice);

  @Description(
      "Whether to say only what asking the language model would take: documents, calls, tokens and"
          + " cost. Nothing is sent and nothing is stored.")
  @Default.Boolean(false)
  boolean isEstimateOnly();

  void setEstimateOnly(boolean estimateOnly);
}
