package org.irisgraph.extract.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.extract.ContentLoader;

/**
 * What a model is told beside the documents: all that its answers depend on but for their texts. An
 * answer is known by {@link #key}, whichever other documents were in its call.
 */
public final class Prompt {

  /** To be raised whenever the same text is asked about differently. */
  private static final int VERSION = 1;

  /** To be raised whenever the same answer gives other mentions or relations. */
  private static final int ALIGNMENT_VERSION = 1;

  /** Of an id's digits as many as a model copies without a slip. */
  private static final int ID_DIGITS = 8;

  /** The id, the quotes and the braces around a text, and those around its answer. */
  static final int FRAME_TOKENS = 50;

  /** A text's answer repeats its names with types and confidences: about as long as the text. */
  private static final int ANSWER_TOKENS = 100;

  private static final String FORMAT =
      """
      Types of entities: %s.
      Types of relationships: %s.

      Answer with JSON and nothing else, with each document once, under its id:
      {"documents":[{"id":"...","entities":[{"text":"...","type":"...","confidence":0.0}],\
      "relationships":[{"source":"...","target":"...","type":"...","confidence":0.0}]}]}
      A document without entities has empty lists.""";

  private final String model;
  private final String system;
  private final int systemTokens;
  private final int tokensPerCall;
  private final List<String> entityTypes;
  private final List<String> relationTypes;

  private Prompt(String instructions, ModelSettings settings) {
    this.model = settings.model();
    this.entityTypes = settings.entityTypes();
    this.relationTypes = settings.relationTypes();
    this.tokensPerCall = settings.tokensPerCall();
    this.system =
        instructions.strip()
            + "\n\n"
            + FORMAT.formatted(
                String.join(", ", entityTypes),
                relationTypes.isEmpty() ? "none" : String.join(", ", relationTypes));
    this.systemTokens = TokenCounter.count(system);
    if (systemTokens > tokensPerCall / 2) {
      throw new IllegalArgumentException(
          "llmTokensPerCall is too small: the instructions alone have %d tokens, and may have half of it"
              .formatted(systemTokens));
    }
  }

  /**
   * Loads the instructions.
   *
   * @throws IllegalArgumentException if they leave no room in a call
   * @throws IOException if they cannot be read
   */
  public static Prompt load(ModelSettings settings, ContentLoader loader) throws IOException {
    return new Prompt(
        settings.instructions().isEmpty() ? shipped() : loader.text(settings.instructions()),
        settings);
  }

  private static String shipped() {
    try (InputStream content = Prompt.class.getResourceAsStream("instructions.txt")) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the instructions are in the program's jar", e);
    }
  }

  /** What a document's graph depends on beside its text and the model's answers. */
  public String identity() {
    return "%d %d %s"
        .formatted(
            VERSION, ALIGNMENT_VERSION, Sha256.of(model, system, Integer.toString(tokensPerCall)));
  }

  /** Under which the answer for a text is known, in lower-case hexadecimal. */
  public String key(String text) {
    return Sha256.of(
        Integer.toString(VERSION),
        model,
        system,
        Integer.toString(ChatRequest.TEMPERATURE),
        Integer.toString(ChatRequest.SEED),
        text);
  }

  /**
   * The id of a text in a call, which no other text can know or claim: it follows from the text
   * itself.
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

  /** What the documents of a call may weigh together, with their answers. */
  public int room() {
    return tokensPerCall - systemTokens;
  }

  /** What a text of so many tokens takes of a call, with its answer. */
  static int weight(int tokens) {
    return 2 * tokens + FRAME_TOKENS + ANSWER_TOKENS;
  }

  /** How many tokens its answer is expected to have. */
  static int answerTokens(int tokens) {
    return tokens + ANSWER_TOKENS;
  }

  /** What a text takes of calls, for those who gather texts into batches. */
  public static int weightOf(String text) {
    return weight(TokenCounter.countQuoted(text));
  }

  /** The tokens of the longest text that is asked about as a whole. */
  int maxTextTokens() {
    return Math.max(1, (room() - FRAME_TOKENS - ANSWER_TOKENS) / 2);
  }

  List<String> entityTypes() {
    return entityTypes;
  }

  List<String> relationTypes() {
    return relationTypes;
  }

  Set<String> knownEntityTypes() {
    return new HashSet<>(entityTypes);
  }

  Set<String> knownRelationTypes() {
    return new HashSet<>(relationTypes);
  }
}
