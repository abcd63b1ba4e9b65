package org.irisgraph.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.base.ErrorText;
import org.irisgraph.base.ProgramFile;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.extract.onnx.OnnxSettings;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Entity;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.ChosenNames;
import org.irisgraph.plan.Extraction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the extractors that come with the program, and those of the settings, on a sample of the
 * input. A language model is not asked, because it may cost money.
 */
public final class ExtractorTrials {

  private static final Logger LOG = LoggerFactory.getLogger(ExtractorTrials.class);

  private static final String DICTIONARY = "pipelines/dictionaries/diseases.tsv";
  private static final String PATTERNS = "pipelines/patterns/biomedical.yaml";

  private static final int EXAMPLES = 5;

  private final IndexingOptions options;
  private final List<Document> documents;

  private ExtractorTrials(IndexingOptions options, List<Document> documents) {
    this.options = options;
    this.documents = documents;
  }

  /**
   * What an extractor found in the sample.
   *
   * @param option that selects the extractor
   * @param value of the option
   * @param documents in the sample
   * @param withoutEntity those of them in which it found nothing
   * @param types by type, the most frequent first
   */
  public record Trial(
      String option, String value, int documents, int withoutEntity, List<FoundType> types) {

    /** How many entities it found; one that several documents have counts in each. */
    public long entities() {
      return types.stream().mapToLong(FoundType::entities).sum();
    }
  }

  /**
   * Entities of a type.
   *
   * @param examples names, those of most documents first
   */
  public record FoundType(String type, long entities, List<String> examples) {}

  /** An extractor by the option that selects it. */
  private record Candidate(String option, String value, ExtractionSettings settings) {}

  /**
   * Reads the sample.
   *
   * @throws IOException if a file cannot be read
   */
  public static ExtractorTrials of(IndexingOptions options)
      throws IOException, SQLException, StoreException, InterruptedException {
    FileSystems.setDefaultPipelineOptions(options);
    LOG.info("reading a sample of the input");
    return new ExtractorTrials(
        options, InputSample.of(options).stream().map(InputSample::beginning).toList());
  }

  /** The number of documents in the sample. */
  public int documents() {
    return documents.size();
  }

  /** The models of names that a first run takes without {@code names}. */
  public ChosenNames choice() {
    return NameChoice.ofSample(documents);
  }

  /**
   * Gives what each extractor found, one after the other.
   *
   * @throws UsageException if a file is malformed
   * @throws IOException if a file cannot be read
   */
  public void run(Consumer<Trial> trials) throws IOException {
    List<Candidate> candidates = candidates();
    for (Candidate candidate : candidates) {
      LOG.info(
          "trying {} of {}: {}={}",
          candidates.indexOf(candidate) + 1,
          candidates.size(),
          candidate.option(),
          candidate.value());
      trials.accept(trial(candidate));
    }
  }

  private List<Candidate> candidates() {
    List<String> models = new ArrayList<>(NameModels.of(List.of(NameModels.BOTH)));
    models.addAll(NameModels.files(Extraction.nameModels(options)));
    List<Candidate> candidates = new ArrayList<>();
    for (String model : models) {
      candidates.add(
          new Candidate(
              "names", model, builder(NerExtractor.NAME).nameModels(List.of(model)).build()));
    }
    String dictionary = Objects.requireNonNullElse(options.getDictionary(), DICTIONARY);
    candidates.add(
        new Candidate(
            "dictionary",
            dictionary,
            builder(DictionaryExtractor.NAME)
                .dictionary(ProgramFile.find(dictionary))
                .greekNames(options.isGreekNames())
                .build()));
    String patterns = Objects.requireNonNullElse(options.getPatterns(), PATTERNS);
    candidates.add(
        new Candidate(
            "patterns",
            patterns,
            builder(PatternExtractor.NAME).patterns(ProgramFile.find(patterns)).build()));
    OnnxSettings onnx = Extraction.onnx(options);
    if (onnx != null) {
      candidates.add(
          new Candidate(
              "onnxModel", onnx.location(), builder(OnnxExtractor.NAME).onnx(onnx).build()));
    }
    return candidates;
  }

  private static ExtractionSettings.Builder builder(String extractor) {
    return ExtractionSettings.builder(List.of(extractor)).maxRelationshipsPerSentence(0);
  }

  private Trial trial(Candidate candidate) throws IOException {
    GraphExtractor extractor;
    try {
      extractor = Extractors.load(candidate.settings(), new FileSystemLoader()).graphExtractor();
    } catch (IllegalArgumentException e) {
      throw new UsageException(ErrorText.of(e));
    }
    int withoutEntity = 0;
    Map<String, Map<String, Long>> names = new TreeMap<>();
    for (Document document : documents) {
      List<Entity> entities = extractor.extract(document).entities();
      withoutEntity += entities.isEmpty() ? 1 : 0;
      for (Entity entity : entities) {
        names
            .computeIfAbsent(entity.type(), type -> new TreeMap<>())
            .merge(entity.name(), 1L, Long::sum);
      }
    }
    List<FoundType> types =
        names.entrySet().stream()
            .map(type -> found(type.getKey(), type.getValue()))
            .sorted(Comparator.comparing(FoundType::entities).reversed())
            .toList();
    return new Trial(candidate.option(), candidate.value(), documents.size(), withoutEntity, types);
  }

  private static FoundType found(String type, Map<String, Long> names) {
    return new FoundType(
        type,
        names.values().stream().mapToLong(Long::longValue).sum(),
        names.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(EXAMPLES)
            .map(Map.Entry::getKey)
            .toList());
  }
}
