package org.irisgraph.run;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.base.ErrorText;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.LanguageModel;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.graph.Document;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.ShippedFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the dictionaries, patterns and models that the options name. */
public final class ExtractionLoader {

  private static final Logger LOG = LoggerFactory.getLogger(ExtractionLoader.class);

  private ExtractionLoader() {}

  /**
   * Loads the extractors of a run, and the files that workers on a cluster need.
   *
   * @throws UsageException if a file is malformed or too large to travel with a job
   * @throws IOException if a file cannot be read
   */
  public static Extraction load(IndexingOptions options) throws IOException {
    FileSystems.setDefaultPipelineOptions(options);
    FileSystemLoader loader = new FileSystemLoader();
    try {
      ExtractionSettings settings = Extraction.settings(options);
      return new Extraction(
          settings,
          Extractors.load(settings, loader),
          RunnerKind.isRemoteFlink(options)
              ? ShippedFiles.of(settings.files())
              : ShippedFiles.none(),
          null);
    } catch (IllegalArgumentException e) {
      throw new UsageException(ErrorText.of(e));
    }
  }

  /**
   * Loads the extractors to compare with annotated documents. If {@code names} is open, the
   * annotated types decide.
   *
   * @throws UsageException if the options are wrong or a file is malformed
   * @throws IOException if a file cannot be read
   * @throws ModelException if the language model does not answer
   */
  public static Extractors loadForGold(IndexingOptions options, Collection<GoldDocument> documents)
      throws IOException, ModelException, InterruptedException {
    Set<String> types = new TreeSet<>();
    documents.forEach(document -> document.names().forEach(name -> types.add(name.type())));
    NameChoice.ofTypes(options, types);
    return loadFor(options, documents.stream().map(GoldDocument::toDocument).toList());
  }

  /**
   * Loads the extractors for these documents, without a pipeline. A language model is asked about
   * all of them at once; its answers are kept in memory only.
   *
   * @throws UsageException if the options are wrong or a file is malformed
   * @throws IOException if a file cannot be read
   * @throws ModelException if the language model does not answer
   */
  public static Extractors loadFor(IndexingOptions options, Collection<Document> documents)
      throws IOException, ModelException, InterruptedException {
    NameChoice.ofDocuments(options, documents);
    Extractors extractors = load(options).extractors();
    if (extractors.prompt().isEmpty()) {
      return extractors;
    }
    ModelPlan plan = ModelPlan.of(options);
    try (LanguageModel model =
        LanguageModel.open(
            extractors.prompt().get(),
            plan.endpoint(),
            options.getLlmResponseFormat(),
            plan.key())) {
      AnswerExtractor answers =
          model.ask(
              documents.stream().map(Document::text).toList(), CompletionCache.NONE, () -> false);
      for (Document document : documents) {
        answers
            .rejection(document)
            .ifPresent(
                failure ->
                    LOG.warn(
                        "no answer for {}, which therefore has no entities: {}",
                        document.id(),
                        failure.message()));
      }
      return extractors.answeredBy(answers);
    }
  }
}
