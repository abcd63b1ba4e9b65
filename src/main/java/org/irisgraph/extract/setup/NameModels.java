package org.irisgraph.extract.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.irisgraph.extract.ContentKeyedCache;
import org.irisgraph.extract.ContentLoader;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.ner.NameModel;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.graph.ContentHash;

/** The models of the extractor {@code ner} that the option {@code names} selects. */
public final class NameModels {

  /** The bundled model of drugs and diseases. */
  public static final String BIOMEDICAL = "biomedical";

  /** The bundled model of people, organizations, places and dates, with patterns of values. */
  public static final String GENERAL = "general";

  /** In the option: both bundled models. */
  public static final String BOTH = "both";

  /** Types that say little by sharing a sentence: nearly all sentences of a report have some. */
  static final Set<String> VALUES = Set.of("DATE", "MONEY", "PERCENT");

  private static final String PATTERNS = "values.yaml";
  private static final ContentKeyedCache<NameModel> MODELS = new ContentKeyedCache<>();

  private NameModels() {}

  /** The models of the option's value, with {@link #BOTH} replaced. */
  public static List<String> of(List<String> names) {
    List<String> models = new ArrayList<>();
    for (String name : names) {
      if (name.equals(BOTH)) {
        models.add(BIOMEDICAL);
        models.add(GENERAL);
      } else {
        models.add(name);
      }
    }
    return List.copyOf(models);
  }

  /** Those of the models that are files. */
  public static List<String> files(List<String> models) {
    return models.stream()
        .filter(model -> !model.equals(BIOMEDICAL) && !model.equals(GENERAL))
        .toList();
  }

  static ExtractorLoader.Loaded load(String model, ContentLoader loader) throws IOException {
    return switch (model) {
      case BIOMEDICAL -> loaded(NameModel.bundled(NameModel.Bundled.BIOMEDICAL));
      case GENERAL -> general();
      default -> {
        byte[] content = loader.bytes(model);
        yield loaded(MODELS.get(ContentHash.of(content), () -> NameModel.read(model, content)));
      }
    };
  }

  private static ExtractorLoader.Loaded loaded(NameModel model) {
    NerExtractor extractor = new NerExtractor(model);
    return new ExtractorLoader.Loaded(extractor, extractor.identity());
  }

  private static ExtractorLoader.Loaded general() {
    NerExtractor names = new NerExtractor(NameModel.bundled(NameModel.Bundled.GENERAL));
    String patterns = patterns();
    return new ExtractorLoader.Loaded(
        List.of(names, PatternExtractor.parse(PATTERNS, patterns)),
        "%s values %d %s"
            .formatted(names.identity(), PatternExtractor.VERSION, ContentHash.of(patterns)));
  }

  private static String patterns() {
    try (InputStream content =
        Objects.requireNonNull(NameModels.class.getResourceAsStream(PATTERNS))) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + PATTERNS, e);
    }
  }
}
