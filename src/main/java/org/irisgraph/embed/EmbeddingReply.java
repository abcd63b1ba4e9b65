package org.irisgraph.embed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.ErrorBody;
import org.irisgraph.endpoint.Service;
import org.irisgraph.graph.Embedding;
import org.jspecify.annotations.Nullable;

/**
 * A server's response to a request for vectors.
 *
 * @param vectors in the order of the texts, each of length 1
 * @param promptTokens the tokens that the server reports; negative if it does not
 */
record EmbeddingReply(List<Embedding> vectors, long promptTokens) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the body of a response.
   *
   * @param texts the number of texts in the request
   * @param dimension the numbers in each vector; 0 for any
   * @throws CallFailure if it does not have exactly one usable vector for each text
   */
  static EmbeddingReply of(String body, int texts, int dimension) throws CallFailure {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      json = JSON.missingNode();
    }
    JsonNode error = ErrorBody.reported(json);
    if (!error.isMissingNode()) {
      throw failure(
          CallFailure.Kind.TRANSIENT,
          "ERROR",
          "an error with a status of success" + ErrorBody.suffix(error.toString()));
    }
    JsonNode data = json.path("data");
    if (!data.isArray()) {
      throw malformed("the response is not a list of embeddings");
    }
    if (data.size() != texts) {
      throw malformed("the response has %d vectors for %d texts".formatted(data.size(), texts));
    }
    @Nullable Embedding[] vectors = new Embedding[texts];
    for (int i = 0; i < texts; i++) {
      int index = data.get(i).path("index").asInt(i);
      if (index < 0 || index >= texts || vectors[index] != null) {
        throw malformed("the response has no vector or two for a text");
      }
      vectors[index] = unit(numbers(data.get(i).path("embedding")), dimension);
    }
    return new EmbeddingReply(
        Arrays.stream(vectors).map(Objects::requireNonNull).toList(),
        json.path("usage").path("prompt_tokens").asLong(-1));
  }

  /** An array of numbers, or the base64 of little-endian floats. */
  private static float[] numbers(JsonNode vector) throws CallFailure {
    if (vector.isTextual()) {
      try {
        return floats(vector.binaryValue());
      } catch (IOException e) {
        throw malformed("the response has a vector that is neither an array nor base64");
      }
    }
    float[] numbers = new float[vector.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = vector.get(i).isNumber() ? vector.get(i).floatValue() : Float.NaN;
    }
    return numbers;
  }

  static float[] floats(byte[] bytes) {
    FloatBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] numbers = new float[buffer.remaining()];
    buffer.get(numbers);
    return numbers;
  }

  /** Scales a vector to length 1, since searches compare by dot products. */
  private static Embedding unit(float[] numbers, int dimension) throws CallFailure {
    double squares = 0;
    for (float number : numbers) {
      squares += (double) number * number;
    }
    if (!Double.isFinite(squares) || squares == 0) {
      throw malformed("the response has a vector with no numbers, zeros only, or NaN");
    }
    if (dimension != 0 && numbers.length != dimension) {
      throw malformed(
          "the response has a vector of %d numbers instead of %d"
              .formatted(numbers.length, dimension));
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (numbers[i] / length);
    }
    return new Embedding(numbers);
  }

  private static CallFailure malformed(String message) {
    return failure(CallFailure.Kind.REFUSED, CallFailure.MALFORMED, message);
  }

  private static CallFailure failure(CallFailure.Kind kind, String code, String message) {
    return new CallFailure(kind, Service.EMBEDDING_MODEL.code(code), message, 0);
  }
}
