package org.irisgraph.extract.llm;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.ModelProtocol;

/**
 * OpenAI's chat completions.
 *
 * @param format how requests ask for JSON
 */
record ChatProtocol(ResponseFormat format) implements ModelProtocol<ChatRequest, ChatReply> {

  private static final String PROBE = "Aspirin is given against pain.";

  @Override
  public String body(ChatRequest request, Set<String> refused) {
    return request.body(new RequestForm(format, refused));
  }

  @Override
  public ChatReply read(ChatRequest request, String body) throws CallFailure {
    return ChatReply.of(body);
  }

  @Override
  public ChatRequest probe(ChatRequest request) {
    Prompt prompt = request.prompt();
    return new ChatRequest(prompt, Map.of(Prompt.id(prompt.key(PROBE)), PROBE), null);
  }

  @Override
  public Set<String> optionalFields() {
    return RequestForm.OPTIONAL;
  }

  @Override
  public boolean has(String field, Set<String> refused) {
    return new RequestForm(format, refused).has(field);
  }

  @Override
  public String advice(ChatRequest request) {
    return "are llmUrl and llmModel right, is llmTokensPerCall=%d within the model's context, and does the server support llmResponseFormat=%s?"
        .formatted(request.prompt().tokensPerCall(), format.name().toLowerCase(Locale.ROOT));
  }
}
