package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCallTest {

  @Test
  void fillsCallsInOrder() throws Exception {
    Prompt prompt = Prompts.of(1024);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      questions.add(Question.of("Case " + i + ": aspirin against fever.", prompt));
    }

    List<List<Question>> calls = ModelCall.pack(questions, prompt);

    assertThat(calls.size(), is(greaterThan(1)));
    assertThat(calls.stream().flatMap(List::stream).toList(), is(questions));
    for (int i = 0; i < calls.size(); i++) {
      int weight = calls.get(i).stream().mapToInt(Question::weight).sum();
      assertThat(weight, is(lessThanOrEqualTo(prompt.room())));
      if (i + 1 < calls.size()) {
        assertThat(weight + calls.get(i + 1).get(0).weight(), is(greaterThan(prompt.room())));
      }
    }
  }

  @Test
  void separatesQuestionsWithTheSameId() throws Exception {
    Question one = new Question("0123456789", "one", 1, false);
    Question other = new Question("01234567ab", "other", 1, false);

    assertThat(ModelCall.pack(List.of(one, other), Prompts.of(8192)), hasSize(2));
  }

  @Test
  void sendsAnOversizedQuestionAlone() throws Exception {
    Prompt prompt = Prompts.of(1024);
    Question large = new Question("0123456789", "large", 5000, false);
    Question small = new Question("abcdefghij", "small", 1, false);

    assertThat(
        ModelCall.pack(List.of(large, small), prompt), is(List.of(List.of(large), List.of(small))));
  }
}
