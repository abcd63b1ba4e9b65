package org.irisgraph.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.irisgraph.extract.llm.ResponseFormat;
import org.jspecify.annotations.Nullable;

/** The options of the extractor {@code llm} and its language model. */
@Group(OptionGroup.LANGUAGE_MODEL)
public interface LanguageModelOptions extends PipelineOptions {

  @Description(
      "OpenAI-compatible endpoint of the extractor llm, including the version, as "
          + "in http://localhost:11434/v1.")
  @Nullable String getLlmUrl();

  void setLlmUrl(String llmUrl);

  @Description("Name of the language model at its endpoint.")
  @Nullable String getLlmModel();

  void setLlmModel(String llmModel);

  @Description(
      "Where each worker finds the API key, env:NAME or file:PATH; without it, " + "none is sent.")
  @Nullable String getLlmApiKeyFrom();

  void setLlmApiKeyFrom(String llmApiKeyFrom);

  @Description(
      "Most tokens of one call: instructions, documents and answer; short "
          + "documents share a call, long ones are split.")
  @Default.Integer(8192)
  @Range(min = 1024, max = 1_000_000)
  int getLlmTokensPerCall();

  void setLlmTokensPerCall(int llmTokensPerCall);

  @Description("Concurrent calls in each worker's JVM.")
  @Default.Integer(4)
  @Range(min = 1, max = 256)
  int getLlmConcurrency();

  void setLlmConcurrency(int llmConcurrency);

  @Description("Most requests per minute of each worker's JVM; 0 for no limit.")
  @Default.Integer(0)
  @Range(min = 0, max = 1_000_000)
  int getLlmRequestsPerMinute();

  void setLlmRequestsPerMinute(int llmRequestsPerMinute);

  @Description("Seconds that a request may take, up to the last byte of its answer.")
  @Default.Integer(120)
  @Range(min = 1, max = 3600)
  int getLlmTimeoutSeconds();

  void setLlmTimeoutSeconds(int llmTimeoutSeconds);

  @Description("Entity types to request from the language model, separated by commas.")
  @Default.InstanceFactory(ModelDefaults.EntityTypes.class)
  List<String> getLlmTypes();

  void setLlmTypes(List<String> llmTypes);

  @Description("Relationship types to request from the language model, separated by commas.")
  @Default.InstanceFactory(ModelDefaults.RelationTypes.class)
  List<String> getLlmRelationTypes();

  void setLlmRelationTypes(List<String> llmRelationTypes);

  @Description(
      "File of instructions for the language model that replace the bundled ones; "
          + "types and answer format are always added.")
  @Nullable String getLlmPrompt();

  void setLlmPrompt(String llmPrompt);

  @Description(
      "How a request prescribes the format of the answer: by a JSON schema, as any "
          + "JSON, or not at all.")
  @Default.Enum("JSON_SCHEMA")
  ResponseFormat getLlmResponseFormat();

  void setLlmResponseFormat(ResponseFormat llmResponseFormat);

  @Description(
      "Further fields of each request, as a JSON object, as in "
          + "{\"reasoning_effort\":\"low\"}; null leaves a field out.")
  @Nullable String getLlmExtraBody();

  void setLlmExtraBody(String llmExtraBody);

  @Description("Price of a million input tokens, for estimate and summary.")
  @Nullable Double getLlmInputPrice();

  void setLlmInputPrice(Double llmInputPrice);

  @Description("Price of a million output tokens, for estimate and summary.")
  @Nullable Double getLlmOutputPrice();

  void setLlmOutputPrice(Double llmOutputPrice);

  @Description(
      "Whether only to estimate documents, calls, tokens and cost of models behind endpoints, "
          + "without sending or storing anything.")
  @Default.Boolean(false)
  boolean isEstimateOnly();

  void setEstimateOnly(boolean estimateOnly);
}
