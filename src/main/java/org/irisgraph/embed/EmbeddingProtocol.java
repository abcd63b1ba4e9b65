package org.irisgraph.embed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.ModelProtocol;

/**
 * OpenAI's embeddings. A request is a list of texts.
 *
 * @param dimensions the numbers to request for each vector; 0 for the model's own
 * @param expected the numbers that each vector must have; 0 for any
 */
record EmbeddingProtocol(String model, int dimensions, int expected)
    implements ModelProtocol<List<String>, EmbeddingReply> {

  static final List<String> PROBE = List.of("Aspirin is given against pain.");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String body(List<String> texts, Set<String> refused) {
    ObjectNode request = JSON.createObjectNode();
    request.put("model", model);
    ArrayNode input = request.putArray("input");
    texts.forEach(input::add);
    if (dimensions != 0) {
      request.put("dimensions", dimensions);
    }
    return request.toString();
  }

  @Override
  public EmbeddingReply read(List<String> texts, String body) throws CallFailure {
    return EmbeddingReply.of(body, texts.size(), expected);
  }

  @Override
  public List<String> probe(List<String> texts) {
    return PROBE;
  }

  @Override
  public String advice(List<String> texts) {
    return "are embeddingUrl and embeddingModel right%s?"
        .formatted(
            dimensions == 0
                ? ""
                : ", and does the model support embeddingDimensions=" + dimensions);
  }
}
