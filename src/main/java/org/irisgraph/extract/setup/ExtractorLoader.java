package org.irisgraph.extract.setup;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.extract.ContentKeyedCache;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.extract.Dictionary;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.ModelSettings;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.extract.onnx.OnnxSettings;
import org.irisgraph.graph.ContentHash;

/** Loads the extractors that the settings name from their files. */
final class ExtractorLoader {

  private static final ContentKeyedCache<Dictionary> DICTIONARIES = new ContentKeyedCache<>();

  private final ExtractionSettings settings;
  private final ContentLoader loader;

  ExtractorLoader(ExtractionSettings settings, ContentLoader loader) {
    this.settings = settings;
    this.loader = loader;
  }

  /** Extractors, and what their results depend on: their versions and the hashes of their files. */
  record Loaded(List<EntityExtractor> extractors, String identity) {

    Loaded(EntityExtractor extractor, String identity) {
      this(List.of(extractor), identity);
    }
  }

  /** Loads the extractor of a name in the option {@code extractors}. */
  Loaded load(String name) throws IOException {
    return switch (name) {
      case DictionaryExtractor.NAME -> dictionary();
      case PatternExtractor.NAME -> patterns();
      case NerExtractor.RECORDED_NAME -> names();
      case OnnxExtractor.NAME -> onnx();
      default ->
          throw new IllegalArgumentException(
              "unknown extractor \""
                  + name
                  + "\"; known are "
                  + String.join(", ", Extractors.KNOWN));
    };
  }

  private Loaded dictionary() throws IOException {
    // One thread at a time, since the content of a large dictionary takes much memory.
    synchronized (DICTIONARIES) {
      String location = settings.dictionary();
      String content = content(DictionaryExtractor.NAME, "dictionary", location);
      String identity = ContentHash.of(content) + (settings.greekNames() ? " greekNames" : "");
      return new Loaded(
          new DictionaryExtractor(shared(location, content, identity, settings.greekNames())),
          DictionaryExtractor.VERSION + " " + identity);
    }
  }

  private Loaded patterns() throws IOException {
    String location = settings.patterns();
    String content = content(PatternExtractor.NAME, "patterns", location);
    return new Loaded(
        PatternExtractor.parse(location, content),
        PatternExtractor.VERSION + " " + ContentHash.of(content));
  }

  private Loaded onnx() throws IOException {
    OnnxSettings onnx = settings.onnx();
    if (onnx == null) {
      throw new IllegalArgumentException(
          "extractor \""
              + OnnxExtractor.NAME
              + "\" needs the option onnxModel: the model's folder");
    }
    OnnxExtractor extractor = OnnxExtractor.load(onnx, loader);
    return new Loaded(extractor, extractor.identity());
  }

  /** Loads the prompt for the language model. */
  Prompt prompt() throws IOException {
    ModelSettings model = settings.model();
    if (model == null) {
      throw new IllegalArgumentException(
          "extractor \"" + AnswerExtractor.NAME + "\" needs the options llmUrl and llmModel");
    }
    return Prompt.load(model, loader);
  }

  /** One model keeps the identity that it had before there were several. */
  private Loaded names() throws IOException {
    List<EntityExtractor> extractors = new ArrayList<>();
    List<String> identities = new ArrayList<>();
    for (String model : settings.nameModels()) {
      Loaded loaded = NameModels.load(model, loader);
      extractors.addAll(loaded.extractors());
      identities.add(loaded.identity());
    }
    return new Loaded(extractors, String.join(" and ", identities));
  }

  private String content(String extractor, String option, String location) throws IOException {
    if (location.isBlank()) {
      throw new IllegalArgumentException(
          "extractor \"" + extractor + "\" needs the option " + option + ": the file to use");
    }
    return loader.text(location);
  }

  /** Returns the dictionary with this content; shared while it is in use. */
  static Dictionary shared(String location, String content, String identity, boolean greekNames)
      throws IOException {
    return DICTIONARIES.get(
        identity, () -> Dictionary.parse(location, new StringReader(content), greekNames));
  }
}
