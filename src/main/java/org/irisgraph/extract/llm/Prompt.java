package org.irisgraph.extract.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.irisgraph.endpoint.Sha256;
import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.extract.ContentLoader;

/**
 * Model, instructions and types: all that an answer depends on except its text. The {@link #key} of
 * an answer does not depend on the other documents in its call.
 */
public final class Prompt {

  /** Raise when the request for the same text changes. */
  private static final int VERSION = 1;

  /** Raise when the same answer yields other mentions or relations. */
  private static final int ALIGNMENT_VERSION = 2;

  /** Short enough for a model to copy without error. */
  private static final int ID_DIGITS = 8;

  /** Id, quotes and braces around a text and around its answer. */
  static final int FRAME_TOKENS = 50;

  /** An answer repeats the names of its text with types: its length plus this. */
  private static final int ANSWER_TOKENS = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The fields of a request that cannot be set from outside. */
  private static final List<String> OWN_FIELDS = List.of("model", "messages", "stream", "n");

  private static final String FORMAT =
      """
      Types of entities: %s.
      Types of relationships: %s.

      Answer with JSON and nothing else, with each document once, under its id:
      {"documents":[{"id":"...","entities":[{"text":"...","type":"...","confidence":0.0}],\
      "relationships":[{"source":"...","target":"...","type":"...","confidence":0.0}]}]}
      A document without entities has empty lists.\
      """;

  private final String model;
  private final String system;
  private final int systemTokens;
  private final int tokensPerCall;
  private final List<String> entityTypes;
  private final List<String> relationTypes;
  private final ObjectNode extraBody;

  private Prompt(String instructions, ModelSettings settings) {
    this.model = settings.model();
    this.entityTypes = settings.entityTypes();
    this.relationTypes = settings.relationTypes();
    this.tokensPerCall = settings.tokensPerCall();
    this.extraBody = extraBody(settings.extraBody());
    this.system =
        instructions.strip()
            + "\n\n"
            + FORMAT.formatted(
                String.join(", ", entityTypes),
                relationTypes.isEmpty() ? "none" : String.join(", ", relationTypes));
    this.systemTokens = TokenCounter.count(system);
    if (systemTokens > tokensPerCall / 2) {
      throw new IllegalArgumentException(
          "llmTokensPerCall is too small: the instructions have %d tokens and may use at most half of it"
              .formatted(systemTokens));
    }
  }

  /**
   * Loads the instructions.
   *
   * @throws IllegalArgumentException if they leave no room for documents in a call
   * @throws IOException if they cannot be read
   */
  public static Prompt load(ModelSettings settings, ContentLoader loader) throws IOException {
    return new Prompt(
        settings.instructions().isEmpty() ? bundled() : loader.text(settings.instructions()),
        settings);
  }

  private static String bundled() {
    try (InputStream content =
        Objects.requireNonNull(Prompt.class.getResourceAsStream("instructions.txt"))) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled instructions", e);
    }
  }

  /**
   * Reads the further fields of a request.
   *
   * @throws IllegalArgumentException if the text is neither empty nor a JSON object, or has a field
   *     that is not the user's to set
   */
  public static ObjectNode extraBody(String json) {
    if (json.isBlank()) {
      return JSON.createObjectNode();
    }
    JsonNode fields;
    try {
      fields = JSON.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
    if (!(fields instanceof ObjectNode object)) {
      throw new IllegalArgumentException("it is not a JSON object");
    }
    for (String own : OWN_FIELDS) {
      if (object.has(own)) {
        throw new IllegalArgumentException("it must not have \"%s\"".formatted(own));
      }
    }
    return object;
  }

  /** Identifies everything that a document's graph depends on except its text. */
  public String identity() {
    return "%d %d %s"
        .formatted(
            VERSION,
            ALIGNMENT_VERSION,
            Sha256.of(
                withExtraBody(model, system, Integer.toString(tokensPerCall))
                    .toArray(String[]::new)));
  }

  /** The cache key of the answer for a text, in lower-case hexadecimal. */
  public String key(String text) {
    return Sha256.of(
        withExtraBody(
                Integer.toString(VERSION),
                model,
                system,
                Integer.toString(ChatRequest.TEMPERATURE),
                Integer.toString(ChatRequest.SEED),
                text)
            .toArray(String[]::new));
  }

  /** Further fields may change the answer; without them, the keys stay as they were. */
  private List<String> withExtraBody(String... parts) {
    List<String> all = new ArrayList<>(List.of(parts));
    if (!extraBody.isEmpty()) {
      all.add(extraBody.toString());
    }
    return all;
  }

  /** Further fields of a request; null removes one. */
  ObjectNode extraBody() {
    return extraBody;
  }

  /**
   * The id of a text in a call. It is derived from the text, so that no other text can claim it.
   */
  static String id(String key) {
    return key.substring(0, ID_DIGITS);
  }

  String model() {
    return model;
  }

  String system() {
    return system;
  }

  int systemTokens() {
    return systemTokens;
  }

  int tokensPerCall() {
    return tokensPerCall;
  }

  /** Tokens of a call that are available for documents and their answers. */
  public int room() {
    return tokensPerCall - systemTokens;
  }

  /** Tokens of a call that a text takes, including its answer. */
  static int weight(int tokens) {
    return 2 * tokens + FRAME_TOKENS + ANSWER_TOKENS;
  }

  /** Expected number of tokens of an answer. */
  static int answerTokens(int tokens) {
    return tokens + ANSWER_TOKENS;
  }

  /** Tokens that a text takes, including its answer; used to form batches of texts. */
  public static int weightOf(String text) {
    return weight(TokenCounter.countQuoted(text));
  }

  /** Number of tokens up to which a text is not cut. */
  int maxTextTokens() {
    return Math.max(1, (room() - FRAME_TOKENS - ANSWER_TOKENS) / 2);
  }

  List<String> entityTypes() {
    return entityTypes;
  }

  List<String> relationTypes() {
    return relationTypes;
  }
}
