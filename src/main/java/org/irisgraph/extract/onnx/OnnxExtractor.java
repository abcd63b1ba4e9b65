package org.irisgraph.extract.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.extract.ContentKeyedCache;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.NameBreaks;
import org.irisgraph.extract.Sections;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.onnx.Labels.Label;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.onnx.Tokenizer.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names that a token-classification model labels. The confidence of a mention is the mean
 * of the probabilities of its words' labels.
 */
public final class OnnxExtractor implements EntityExtractor {

  public static final String NAME = "onnx";

  /** Raise when the same model finds other mentions in the same text. */
  private static final int VERSION = 1;

  private static final ContentKeyedCache<TokenClassifier> MODELS = new ContentKeyedCache<>();

  private final TokenClassifier model;
  private final double minConfidence;
  private final String identity;

  private OnnxExtractor(TokenClassifier model, double minConfidence, String identity) {
    this.model = model;
    this.minConfidence = minConfidence;
    this.identity = identity;
  }

  /**
   * Loads a model, unless this JVM has it already; one thread at a time, since its file may be
   * large.
   *
   * @throws IllegalArgumentException if it labels no tokens, or its files do not fit each other
   * @throws IOException if a file cannot be read
   */
  public static synchronized OnnxExtractor load(OnnxSettings settings, ContentLoader loader)
      throws IOException {
    byte[] config = loader.bytes(settings.config());
    byte[] tokenizer = loader.bytes(settings.tokenizer());
    byte[] network = loader.bytes(settings.network());
    String content =
        String.join(
            " ",
            ContentHash.of(network),
            ContentHash.of(tokenizer),
            ContentHash.of(config),
            new TreeMap<>(settings.types()).toString());
    return new OnnxExtractor(
        MODELS.get(content, () -> TokenClassifier.of(settings, network, tokenizer, config)),
        settings.minConfidence(),
        "%s %s %s".formatted(VERSION, content, settings.minConfidence()));
  }

  /** What the results depend on beside the text. */
  public String identity() {
    return identity;
  }

  @Override
  public Optional<Set<String>> types() {
    return Optional.of(model.labels().types());
  }

  /** Most tokens that the model reads at once. */
  public int longestWindow() {
    return model.longest();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Mention> extract(Document document) {
    List<Mention> mentions = new ArrayList<>();
    int start = 0;
    for (int end : Sections.ends(document.text())) {
      String text = document.text().substring(start, end);
      Tokens tokens = model.tokens(text);
      float[] scores = model.scores(tokens.ids());
      Names names = new Names(document.text(), mentions);
      for (Word word : Word.of(text, tokens)) {
        names.add(word, start, scores);
      }
      names.close();
      start = end;
    }
    return mentions;
  }

  /** Joins words to names. */
  private final class Names {

    private final String text;
    private final List<Mention> mentions;
    private @Nullable String type;
    private int start;
    private int end;
    private boolean ended;
    private int words;
    private double probabilities;

    Names(String text, List<Mention> mentions) {
      this.text = text;
      this.mentions = mentions;
    }

    /**
     * Adds a word.
     *
     * @param offset of the section in the text
     */
    void add(Word word, int offset, float[] scores) {
      int from = word.token() * model.labels().size();
      int best = best(scores, from);
      Label label = model.labels().get(best);
      if (label.begins() || ended || !Objects.equals(label.type(), type)) {
        close();
        type = label.type();
        start = offset + word.start();
      }
      end = offset + word.end();
      ended = label.ends();
      words++;
      probabilities += probability(scores, from, best);
    }

    /** Adds the mention that ends with the last word, if it is one. */
    void close() {
      double confidence = Math.min(1, probabilities / Math.max(1, words));
      if (type != null && confidence >= minConfidence) {
        for (Span part : NameBreaks.parts(text, start, end)) {
          mentions.add(
              new Mention(
                  text.substring(part.start(), part.end()),
                  type,
                  part.start(),
                  part.end(),
                  confidence,
                  NAME));
        }
      }
      type = null;
      ended = false;
      words = 0;
      probabilities = 0;
    }

    private int best(float[] scores, int from) {
      int best = 0;
      for (int label = 1; label < model.labels().size(); label++) {
        if (scores[from + label] > scores[from + best]) {
          best = label;
        }
      }
      return best;
    }

    /** The softmax of the highest of a word's numbers. */
    private double probability(float[] scores, int from, int best) {
      double sum = 0;
      for (int label = 0; label < model.labels().size(); label++) {
        sum += Math.exp((double) scores[from + label] - scores[from + best]);
      }
      return 1 / sum;
    }
  }
}
