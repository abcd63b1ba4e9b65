package org.irisgraph.extract.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {

  @Test
  void namesTheTypesAfterTheInstructions() throws Exception {
    Prompt prompt = load("model", "Find names.", List.of("DRUG", "GENE"), List.of("treats"), 1024);

    assertThat(
        prompt.system(),
        allOf(
            startsWith("Find names.\n\nTypes of entities: DRUG, GENE."),
            containsString("Types of relationships: treats.")));
  }

  @Test
  void saysThatNoRelationshipsAreRequested() throws Exception {
    assertThat(
        load("model", "x", List.of("DRUG"), List.of(), 1024).system(),
        containsString("Types of relationships: none."));
  }

  @Test
  void keyAndIdentityDependOnEverythingThatAnAnswerDependsOn() throws Exception {
    Set<String> keys = new HashSet<>();
    Set<String> identities = new HashSet<>();
    for (Prompt prompt :
        List.of(
            load("model", "x", List.of("DRUG"), List.of("treats"), 1024),
            load("other", "x", List.of("DRUG"), List.of("treats"), 1024),
            load("model", "y", List.of("DRUG"), List.of("treats"), 1024),
            load("model", "x", List.of("GENE"), List.of("treats"), 1024),
            load("model", "x", List.of("DRUG"), List.of("causes"), 1024))) {
      keys.add(prompt.key("text"));
      identities.add(prompt.identity());
    }

    assertThat(keys, hasSize(5));
    assertThat(identities, hasSize(5));
  }

  @Test
  void theKeyOfAShortTextDoesNotDependOnTheSizeOfCalls() throws Exception {
    Prompt small = Prompts.of(1024);
    Prompt large = Prompts.of(8192);

    assertThat(large.key("text"), is(small.key("text")));
    assertThat(large.identity(), is(not(small.identity())));
  }

  @Test
  void derivesIdsFromKeys() throws Exception {
    String key = Prompts.of(1024).key("text");

    assertThat(key, matchesPattern("[0-9a-f]{64}"));
    assertThat(Prompt.id(key), is(key.substring(0, 8)));
  }

  @Test
  void theLongestUncutTextFitsIntoACall() throws Exception {
    Prompt prompt = Prompts.of(1024);

    assertThat(Prompt.weight(prompt.maxTextTokens()) <= prompt.room(), is(true));
    assertThat(Prompt.weight(prompt.maxTextTokens() + 1) > prompt.room(), is(true));
  }

  @Test
  void rejectsInstructionsThatLeaveNoRoom() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> load("model", "word ".repeat(600), List.of("DRUG"), List.of(), 1024));

    assertThat(failure.getMessage(), startsWith("llmTokensPerCall is too small"));
  }

  private static Prompt load(
      String model,
      String instructions,
      List<String> entityTypes,
      List<String> relationTypes,
      int tokensPerCall)
      throws IOException {
    return Prompt.load(
        new ModelSettings(model, "file.txt", entityTypes, relationTypes, tokensPerCall, ""),
        location -> instructions.getBytes(UTF_8));
  }

  @Test
  void takesNoFurtherFieldsWithSomethingBehind() {
    assertThrows(
        IllegalArgumentException.class, () -> Prompt.extraBody("{\"top_p\":1} {\"seed\":1}"));
  }

  @Test
  void hasOtherKeysWithFurtherFields() throws Exception {
    Prompt without = Prompts.of(8192);
    Prompt with = Prompts.of(8192, "{\"reasoning_effort\":\"low\"}");

    assertThat(with.key("text"), is(not(without.key("text"))));
    assertThat(with.identity(), is(not(without.identity())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "messages"})
  void takesNoFurtherFieldsThatAreItsOwn(String field) {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> Prompt.extraBody("{\"seed\":1,\"%s\":true}".formatted(field)));

    assertThat(failure.getMessage(), is("it must not have \"%s\"".formatted(field)));
  }

  @ParameterizedTest
  @CsvSource({"[], it is not a JSON object", "{, it is not JSON"})
  void takesFurtherFieldsFromAJsonObjectOnly(String json, String problem) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Prompt.extraBody(json));

    assertThat(failure.getMessage(), is(problem));
  }
}
