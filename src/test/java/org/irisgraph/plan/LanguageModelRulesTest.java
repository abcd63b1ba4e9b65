package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void asksForTheAddressOfTheModel() {
    options.setLlmUrl(null);

    assertThat(
        problems(),
        contains(
            "llmUrl is not set, but extractors has llm: give the address of the model's server"));
  }

  @Test
  void refusesAnEmptyKey(@TempDir Path directory) throws Exception {
    options.setLlmApiKeyFrom("file:" + Files.writeString(directory.resolve("key"), " \n"));

    assertThat(problems(), contains("llmApiKeyFrom: the key is empty"));
  }

  @Test
  void refusesTypesThatNoColumnOrPromptTakes() {
    options.setLlmTypes(List.of());
    options.setLlmRelationTypes(List.of("treats", "Causes", "is part of"));
    options.setLlmModel("m".repeat(256));

    assertThat(
        problems(),
        contains(
            "llmModel must have 1 to 255 characters",
            "llmTypes must name at least one type",
            "llmRelationTypes must be of small letters, digits or _, not \"Causes\"",
            "llmRelationTypes must be of small letters, digits or _, not \"is part of\""));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1_000_000.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAPriceThatIsNone(double price) {
    options.setLlmInputPrice(price);
    options.setLlmOutputPrice(price);

    assertThat(
        problems(),
        contains(
            "llmInputPrice must be between 0 and 1000000",
            "llmOutputPrice must be between 0 and 1000000"));
  }

  @Test
  void refusesAnEstimateWithoutAModel() {
    options.setExtractors(List.of("dictionary"));
    options.setEstimateOnly(true);

    assertThat(
        problems(),
        contains(
            "estimateOnly is for extractors that have llm among them, and for embeddings=endpoint"));
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    LanguageModelRules.check(options, problems);
    return problems;
  }
}
