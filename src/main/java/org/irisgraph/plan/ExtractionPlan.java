package org.irisgraph.plan;

import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.InMemoryCompletionCache;
import org.irisgraph.extract.llm.LanguageModel;
import org.irisgraph.extract.llm.ModelException;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.graph.Document;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the options say about extraction, for those that extract without a pipeline. */
public final class ExtractionPlan {

  private static final Logger LOG = LoggerFactory.getLogger(ExtractionPlan.class);

  private ExtractionPlan() {}

  static ExtractionSettings settings(IndexingOptions options) {
    return ExtractionSettings.builder(options.getExtractors())
        .dictionary(Objects.requireNonNullElse(options.getDictionary(), ""))
        .patterns(Objects.requireNonNullElse(options.getPatterns(), ""))
        .relationPatterns(Objects.requireNonNullElse(options.getRelationPatterns(), ""))
        .nameModel(Objects.requireNonNullElse(options.getNameModel(), ""))
        .maxRelationshipsPerSentence(options.getMaxRelationshipsPerSentence())
        .model(ModelPlan.settings(options))
        .build();
  }

  /**
   * The extractors that the options ask for, ready to work.
   *
   * @throws UsageException if the options or the files that they name are wrong
   * @throws IOException if a file cannot be read
   */
  public static Extractors load(IndexingOptions options) throws IOException {
    FileSystems.setDefaultPipelineOptions(options);
    try {
      return Extractors.load(settings(options), new FileSystemLoader());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /**
   * The same for these documents. A language model is asked about all of them, and its answers are
   * kept nowhere else.
   *
   * @throws UsageException if the options or the files that they name are wrong
   * @throws IOException if a file cannot be read
   * @throws ModelException if the language model cannot be asked
   */
  public static Extractors loadFor(IndexingOptions options, Collection<Document> documents)
      throws IOException, ModelException, InterruptedException {
    Extractors extractors = load(options);
    if (extractors.prompt().isEmpty()) {
      return extractors;
    }
    if (options.isEstimateOnly()) {
      throw new UsageException("estimateOnly is for index");
    }
    ModelPlan plan = ModelPlan.of(options);
    try (LanguageModel model =
        LanguageModel.open(extractors.prompt().get(), plan.endpoint(), plan.key())) {
      AnswerExtractor answers =
          model.ask(
              documents.stream().map(Document::text).toList(),
              new InMemoryCompletionCache(),
              () -> false);
      for (Document document : documents) {
        answers
            .rejection(document)
            .ifPresent(
                why ->
                    LOG.warn(
                        "no answer for {}, so that nothing is found in it: {}",
                        document.id(),
                        why.message()));
      }
      return extractors.answeredBy(answers);
    }
  }
}
