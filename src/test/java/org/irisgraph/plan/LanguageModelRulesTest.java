package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelRulesTest {

  private static final String KEY = "sk-secret";

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @BeforeEach
  void askALanguageModel() {
    options.setExtractors(List.of("llm"));
    options.setLlmUrl("http://localhost:11434/v1");
    options.setLlmModel("model");
  }

  @Test
  void acceptsAModelWithItsAddress() {
    assertThat(problems(), is(empty()));
  }

  @Test
  void listsAllProblemsWithoutShowingTheKey() {
    options.setLlmUrl("http://user:" + KEY + "@localhost/v1");
    options.setLlmModel(null);
    options.setLlmApiKeyFrom(KEY);
    options.setLlmTypes(List.of("drug"));
    options.setLlmRelationTypes(List.of("co_occurs_with"));
    options.setLlmInputPrice(-1.0);

    assertThat(
        problems(),
        contains(
            "llmUrl must be an address as in http://localhost:11434/v1, without user and query",
            "llmModel must have 1 to 255 characters",
            "llmApiKeyFrom must be env:NAME or file:PATH",
            "llmTypes must be of capitals, digits or _, not \"drug\"",
            "llmRelationTypes must not have co_occurs_with, which is counted, not asked for",
            "llmInputPrice must be between 0 and 1000000"));
    assertThat(problems().toString(), not(containsString(KEY)));
  }

  @Test
  void namesTheKeyFileThatDoesNotExist(@TempDir Path directory) {
    options.setLlmApiKeyFrom("file:" + directory + "/key");

    assertThat(
        problems(),
        contains("llmApiKeyFrom: secret file %s/key does not exist".formatted(directory)));
  }

  @Test
  void refusesAnEstimateWithoutAModel() {
    options.setExtractors(List.of("dictionary"));
    options.setEstimateOnly(true);

    assertThat(problems(), contains("estimateOnly is for extractors that have llm among them"));
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    LanguageModelRules.check(options, problems);
    return problems;
  }
}
