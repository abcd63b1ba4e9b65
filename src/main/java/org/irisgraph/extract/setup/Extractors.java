package org.irisgraph.extract.setup;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.irisgraph.extract.CombinedExtractor;
import org.irisgraph.extract.ContentKeyedCache;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.extract.Dictionary;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.PatternRelations;
import org.irisgraph.extract.RelationExtractor;
import org.irisgraph.extract.SentenceSplitter;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.extract.ner.NameModel;
import org.irisgraph.extract.ner.OpenNlpExtractor;
import org.irisgraph.graph.ContentHash;

/**
 * The extractors that settings ask for, ready to work, and the fingerprint of all that their
 * answers depend on.
 */
public final class Extractors {

  /** The names that {@code extractors} may have. */
  public static final List<String> KNOWN =
      List.of(
          DictionaryExtractor.NAME,
          PatternExtractor.NAME,
          OpenNlpExtractor.NAME,
          AnswerExtractor.NAME);

  private static final ContentKeyedCache<Dictionary> DICTIONARIES = new ContentKeyedCache<>();
  private static final ContentKeyedCache<NameModel> MODELS = new ContentKeyedCache<>();

  private final List<EntityExtractor> extractors;
  private final List<RelationExtractor> relations;
  private final Prompt prompt;
  private final int maxRelationshipsPerSentence;
  private final String fingerprint;

  private Extractors(
      List<EntityExtractor> extractors,
      List<RelationExtractor> relations,
      Prompt prompt,
      int maxRelationshipsPerSentence,
      String fingerprint) {
    this.extractors = List.copyOf(extractors);
    this.relations = List.copyOf(relations);
    this.prompt = prompt;
    this.maxRelationshipsPerSentence = maxRelationshipsPerSentence;
    this.fingerprint = fingerprint;
  }

  /**
   * An extractor, and what its answers depend on: its version and the hash of what it was given.
   */
  private record Loaded(EntityExtractor extractor, String identity) {}

  /**
   * Loads what the settings name. Cheap if the JVM already uses the same dictionary.
   *
   * @throws IllegalArgumentException if an extractor is unknown, lacks its file, or the file is
   *     wrong
   * @throws IOException if a file cannot be read
   */
  public static Extractors load(ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    List<EntityExtractor> extractors = new ArrayList<>();
    StringBuilder identity = new StringBuilder();
    boolean asks = settings.extractors().contains(AnswerExtractor.NAME);
    Prompt prompt = asks ? prompt(settings, loader) : null;
    for (String name : settings.extractors()) {
      Loaded loaded =
          name.equals(AnswerExtractor.NAME)
              ? new Loaded(AnswerExtractor.none(), prompt.identity())
              : load(name, settings, loader);
      extractors.add(loaded.extractor());
      identity.append(name).append(' ').append(loaded.identity()).append('\n');
    }
    List<RelationExtractor> relations = new ArrayList<>();
    if (!settings.relationPatterns().isBlank()) {
      String content = loader.text(settings.relationPatterns());
      relations.add(PatternRelations.parse(settings.relationPatterns(), content));
      identity
          .append("relations ")
          .append(PatternRelations.VERSION)
          .append(' ')
          .append(ContentHash.of(content))
          .append('\n');
    }
    identity
        .append("combined ")
        .append(CombinedExtractor.VERSION)
        .append('\n')
        .append("sentences ")
        .append(SentenceSplitter.VERSION)
        .append('\n')
        .append("graph ")
        .append(GraphExtractor.VERSION)
        .append('\n')
        .append("maxRelationshipsPerSentence ")
        .append(settings.maxRelationshipsPerSentence());
    return new Extractors(
        extractors,
        relations,
        prompt,
        settings.maxRelationshipsPerSentence(),
        ContentHash.of(identity.toString()));
  }

  /** What a language model is to be asked, if there is one among the extractors. */
  public Optional<Prompt> prompt() {
    return Optional.ofNullable(prompt);
  }

  /**
   * The same with what the language model has answered, for the documents that it was asked about.
   */
  public Extractors answeredBy(AnswerExtractor answers) {
    List<EntityExtractor> answered =
        extractors.stream()
            .map(extractor -> extractor instanceof AnswerExtractor ? answers : extractor)
            .toList();
    return new Extractors(answered, relations, prompt, maxRelationshipsPerSentence, fingerprint);
  }

  /** All extractors as one, in the order of the settings. */
  public EntityExtractor extractor() {
    return new CombinedExtractor(extractors);
  }

  /** What makes a document's graph. */
  public GraphExtractor graphExtractor() {
    List<RelationExtractor> all = new ArrayList<>(relations);
    for (EntityExtractor extractor : extractors) {
      if (extractor instanceof RelationExtractor relation) {
        all.add(relation);
      }
    }
    return new GraphExtractor(extractor(), all, maxRelationshipsPerSentence);
  }

  /**
   * SHA-256, in lower-case hexadecimal, of the extractors' names, order and versions, the content
   * of their files and the settings of relationships. A document need not be extracted again as
   * long as it and this stay the same, wherever the files are.
   */
  public String fingerprint() {
    return fingerprint;
  }

  private static Loaded load(String name, ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    return switch (name) {
      case DictionaryExtractor.NAME -> dictionary(settings.dictionary(), loader);
      case PatternExtractor.NAME -> patterns(settings.patterns(), loader);
      case OpenNlpExtractor.NAME -> names(settings.nameModel(), loader);
      default ->
          throw new IllegalArgumentException(
              "unknown extractor \"" + name + "\"; known are " + String.join(", ", KNOWN));
    };
  }

  private static Loaded dictionary(String location, ContentLoader loader) throws IOException {
    String content = content(DictionaryExtractor.NAME, "dictionary", location, loader);
    String hash = ContentHash.of(content);
    return new Loaded(
        new DictionaryExtractor(shared(location, content, hash)),
        DictionaryExtractor.VERSION + " " + hash);
  }

  private static Loaded patterns(String location, ContentLoader loader) throws IOException {
    String content = content(PatternExtractor.NAME, "patterns", location, loader);
    return new Loaded(
        PatternExtractor.parse(location, content),
        PatternExtractor.VERSION + " " + ContentHash.of(content));
  }

  private static Prompt prompt(ExtractionSettings settings, ContentLoader loader)
      throws IOException {
    if (settings.model() == null) {
      throw new IllegalArgumentException(
          "extractor \"" + AnswerExtractor.NAME + "\" needs the options llmUrl and llmModel");
    }
    return Prompt.load(settings.model(), loader);
  }

  private static Loaded names(String location, ContentLoader loader) throws IOException {
    NameModel model;
    if (location.isBlank()) {
      model = NameModel.shipped();
    } else {
      byte[] content = loader.bytes(location);
      model = MODELS.get(ContentHash.of(content), () -> NameModel.read(location, content));
    }
    return new Loaded(new OpenNlpExtractor(model), OpenNlpExtractor.VERSION + " " + model.hash());
  }

  private static String content(
      String extractor, String option, String location, ContentLoader loader) throws IOException {
    if (location.isBlank()) {
      throw new IllegalArgumentException(
          "extractor \"" + extractor + "\" needs the option " + option + ": the file to use");
    }
    return loader.text(location);
  }

  /** The dictionary with this content. */
  static Dictionary shared(String location, String content, String hash) throws IOException {
    return DICTIONARIES.get(hash, () -> Dictionary.parse(location, new StringReader(content)));
  }
}
