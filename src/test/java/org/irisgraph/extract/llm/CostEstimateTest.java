package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostEstimateTest {

  @Test
  void countsTheCallsThatTheModelWouldReceive() throws Exception {
    Prompt prompt = Prompts.of(1024);
    CostEstimate estimate = new CostEstimate(prompt);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      questions.addAll(estimate.questions("Case %d: aspirin against fever. ".formatted(i)));
    }
    questions.forEach(estimate::add);

    List<List<Question>> calls = ModelCall.pack(questions, prompt);
    assertThat(estimate.calls(), is((long) calls.size()));
    assertThat(estimate.calls(), is(greaterThan(1L)));
    assertThat(estimate.promptTokens(), is(greaterThan(estimate.calls() * prompt.systemTokens())));
    assertThat(estimate.completionTokens(), is(greaterThan(20L * 100)));
  }

  @Test
  void countsEachTextOnce() throws Exception {
    CostEstimate estimate = new CostEstimate(Prompts.of(1024));
    Question question = estimate.questions("Aspirin lowers fever.").get(0);

    assertThat(estimate.add(question), is(true));
    assertThat(estimate.add(question), is(false));
    assertThat(estimate.calls(), is(1L));
  }

  @Test
  void hasAQuestionForEachChunkOfALongText() throws Exception {
    CostEstimate estimate = new CostEstimate(Prompts.of(1024));

    assertThat(estimate.questions("Aspirin lowers fever."), hasSize(1));
    assertThat(estimate.questions("Aspirin lowers fever. ".repeat(300)), hasSize(greaterThan(3)));
  }

  @Test
  void doesNotTakeASplitTextForAnAnswer() {
    assertThat(CostEstimate.isAnswer("{\"entities\":[]}"), is(true));
    assertThat(CostEstimate.isAnswer(DocumentAnswer.SPLIT.toJson()), is(false));
  }
}
