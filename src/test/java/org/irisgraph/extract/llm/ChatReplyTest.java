package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatReplyTest {

  @Test
  void readsContentAndUsage() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            {"choices": [{"finish_reason": "stop", "message": {"content": "{}"}}],
             "usage": {"prompt_tokens": 100, "completion_tokens": 10}}
            """);

    assertThat(reply, is(new ChatReply("{}", null, new TokenUsage(100, 10, false))));
  }

  @Test
  void joinsContentInParts() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            {"choices": [{"message": {"content": [{"type": "text", "text": "{"},
                                                  {"type": "text", "text": "}"}]}}]}
            """);

    assertThat(reply.content(), is("{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"prompt_tokens\":100}", "{\"prompt_tokens\":-1,\"completion_tokens\":3}"})
  void hasNoUsageIfTheServerReportsItPartly(String usage) throws Exception {
    ChatReply reply =
        ChatReply.of(
            "{\"choices\":[{\"message\":{\"content\":\"{}\"}}],\"usage\":%s}".formatted(usage));

    assertThat(reply.usage(), is(nullValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"finish_reason\":\"length\",\"message\":{\"content\":\"{\"}} | LLM_TRUNCATED",
        "{\"finish_reason\":\"content_filter\",\"message\":{}} | LLM_REFUSED",
        "{\"finish_reason\":\"stop\",\"message\":{\"refusal\":\"no\"}} | LLM_REFUSED",
        "{\"finish_reason\":\"stop\",\"message\":{\"content\":\" \"}} | LLM_MALFORMED"
      })
  void classifiesIncompleteAnswers(String choice, String code) throws Exception {
    ChatReply reply = ChatReply.of("{\"choices\":[%s]}".formatted(choice));

    assertThat(reply.problem().code(), is(code));
  }

  @Test
  void treatsAnEmptyListOfChoicesAsAnEmptyAnswer() throws Exception {
    assertThat(ChatReply.of("{\"choices\":[]}").problem().code(), is("LLM_MALFORMED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Log in</html>", "", "{}", "[]", "{\"choices\":{}}"})
  void refusesResponsesThatAreNoChatCompletion(String body) {
    CallFailure failure = assertThrows(CallFailure.class, () -> ChatReply.of(body));

    assertThat(failure.kind(), is(CallFailure.Kind.REFUSED));
    assertThat(failure.code(), is("LLM_MALFORMED"));
  }

  @Test
  void treatsAnErrorWithStatus200AsTransient() {
    CallFailure failure =
        assertThrows(
            CallFailure.class, () -> ChatReply.of("{\"error\":{\"message\":\"overloaded\"}}"));

    assertThat(failure.kind(), is(CallFailure.Kind.TRANSIENT));
    assertThat(failure.getMessage(), containsString("overloaded"));
  }

  @Test
  void readsAnAnswerThatTheServerTakesForReasoning() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            {"choices": [{"message": {"content": null, "reasoning_content": "{\\"a\\":1}"}}]}
            """);

    assertThat(reply.content(), is("{\"a\":1}"));
  }

  @Test
  void namesReasoningThatLeftNoTokensForTheAnswer() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            {"choices": [{"finish_reason": "length",
                          "message": {"content": "", "reasoning_content": "thinking"}}]}
            """);

    assertThat(reply.problem().code(), is("LLM_TRUNCATED"));
    assertThat(reply.problem().message(), containsString("llmExtraBody"));
  }

  @Test
  void takesNoDraftFromReasoningThatIsCut() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            {"choices": [{"finish_reason": "length",
                          "message": {"content": "", "reasoning_content": "perhaps {\\"documents\\":[]}"}}]}
            """);

    assertThat(reply.content(), is(""));
    assertThat(reply.problem().code(), is("LLM_TRUNCATED"));
  }

  @Test
  void namesReasoningInTheContentThatLeftNoTokensForTheAnswer() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            {"choices": [{"finish_reason": "length", "message": {"content": "<think>perhaps"}}]}
            """);

    assertThat(reply.problem().message(), containsString("llmExtraBody"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"overloaded\"}}",
        "event: error\ndata: {\"message\":\"overloaded\"}",
        ": processing\n\n"
            + "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\n"
            + "data:"
            + " {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"message\":\"overloaded\"}}]}",
        "data: {\"object\":\"error\",\"message\":\"overloaded\",\"code\":500}",
        "{\"choices\":[],\"error\":{\"message\":\"overloaded\"}}",
        "{\"choices\":[{\"message\":{\"content\":\"{\"},\"error\":{\"message\":\"overloaded\"}}]}",
      })
  void reportsTheErrorOfAStreamOrACompletion(String body) {
    CallFailure failure = assertThrows(CallFailure.class, () -> ChatReply.of(body));

    assertThat(failure.code(), is("LLM_ERROR"));
    assertThat(failure.getMessage(), is("an error with a status of success: overloaded"));
  }

  @Test
  void takesACompletionForOneThatHasAnEmptyError() throws Exception {
    assertThat(
        ChatReply.of("{\"error\":null,\"choices\":[{\"message\":{\"content\":\"{}\"}}]}").content(),
        is("{}"));
  }

  @Test
  void joinsTheEventsOfAStream() throws Exception {
    ChatReply reply =
        ChatReply.of(
            """
            data: {"choices":[{"delta":{"content":"{\\"a\\""}}]}

            data: {"choices":[{"delta":{"content":":1}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}

            data: [DONE]
            """);

    assertThat(reply, is(new ChatReply("{\"a\":1}", null, new TokenUsage(3, 2, false))));
  }
}
