package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.irisgraph.extract.ner.NameModel;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.Fingerprint;
import org.irisgraph.ledger.StoredFingerprints;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ChosenNames;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.text.EnglishText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the models of names for settings that leave them open. A pipeline keeps the models that
 * its documents in the ledger were extracted with, so that later runs do not waver when files are
 * added; only if there are none, a sample of the input decides.
 */
final class NameChoice {

  private static final Logger LOG = LoggerFactory.getLogger(NameChoice.class);

  private static final List<String> BIOMEDICAL = List.of(NameModels.BIOMEDICAL);
  private static final List<String> GENERAL = List.of(NameModels.GENERAL);
  private static final List<String> BOTH = NameModels.of(List.of(NameModels.BOTH));

  /** Drugs and diseases found with this confidence count. */
  private static final double CONFIDENT = 0.7;

  /**
   * A biomedical document has this many of them in 6,000 characters, about 1,000 words. Chosen on
   * MedQuAD, articles of PubMed Central and Re-DocRED.
   */
  private static final double DENSITY = 4;

  private static final int CHARACTERS = 6000;

  /**
   * Different drugs and diseases of a biomedical document. Texts of other fields repeat one that is
   * found by mistake, or have two that are none (a depression of the market, a lithium battery).
   */
  private static final int FEWEST_NAMES = 3;

  /** The same for texts shorter than {@link #SHORT} characters, such as a sentence or a title. */
  private static final int FEWEST_NAMES_OF_SHORT = 2;

  private static final int SHORT = 300;

  /**
   * People, organizations and places of a biomedical document, at most, for each mention of a drug
   * or disease. News that mentions a few has more (a depression over the sea, the price of
   * lithium), 56 of 59 biomedical articles of PubMed Central and all of 150 abstracts have fewer.
   */
  private static final double MOST_GENERAL_NAMES = 2;

  /** Shares of biomedical documents above and below which one model is enough. */
  private static final double MOST = 0.6;

  private static final double FEW = 0.2;

  private NameChoice() {}

  /**
   * Returns what the run extracts, and sets the option {@code names} if it was open.
   *
   * @param extraction what the options mean
   * @param connection to the database of the ledger, which need not exist
   */
  static Extraction settle(
      IndexingOptions options, Extraction extraction, String runId, Connection connection)
      throws IOException, SQLException, StoreException, InterruptedException {
    if (!Extraction.choosesNames(options)) {
      return extraction;
    }
    Map<String, Long> stored =
        StoredFingerprints.ofPipeline(connection, RunPlan.of(options, runId, extraction).ledger());
    Extraction kept = null;
    if (!stored.isEmpty()) {
      long most = 0;
      for (List<String> models : List.of(BIOMEDICAL, GENERAL, BOTH)) {
        Extraction candidate = with(options, extraction, models);
        long documents = documents(stored, RunPlan.fingerprint(options, candidate));
        if (documents > most) {
          most = documents;
          kept = candidate;
        }
      }
    }
    ChosenNames chosen =
        kept == null
            ? ofSample(InputSample.of(options))
            : new ChosenNames(kept.settings().nameModels(), "as in the pipeline's earlier runs");
    LOG.info("names: {}", chosen);
    Extraction settled = kept == null ? with(options, extraction, chosen.models()) : kept;
    options.setNames(chosen.models());
    return settled.chosen(chosen);
  }

  /** How many documents were extracted alike. */
  private static long documents(Map<String, Long> stored, Fingerprint fingerprint) {
    return stored.entrySet().stream()
        .filter(entry -> fingerprint.isSameExtraction(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Sets the option {@code names}, if it is open, to the models that find any of the types. */
  static void ofTypes(IndexingOptions options, Set<String> types) {
    if (Extraction.choosesNames(options)) {
      Set<String> biomedical = NameModel.bundled(NameModel.Bundled.BIOMEDICAL).types();
      List<String> models =
          biomedical.containsAll(types)
              ? BIOMEDICAL
              : Collections.disjoint(biomedical, types) ? GENERAL : BOTH;
      LOG.info(
          "names: {}",
          new ChosenNames(models, "the annotated types are " + String.join(", ", types)));
      options.setNames(models);
    }
  }

  /** Sets the option {@code names} by documents, if it is open. */
  static void ofDocuments(IndexingOptions options, Collection<Document> documents) {
    if (Extraction.choosesNames(options)) {
      ChosenNames chosen = ofSample(documents);
      LOG.info("names: {}", chosen);
      options.setNames(chosen.models());
    }
  }

  /** Returns the extraction with these models, and leaves the options as they were. */
  private static Extraction with(
      IndexingOptions options, Extraction extraction, List<String> models) throws IOException {
    if (models.equals(extraction.settings().nameModels())) {
      return extraction;
    }
    options.setNames(models);
    try {
      return ExtractionLoader.load(options);
    } finally {
      options.setNames(null);
    }
  }

  /** Decides by the density of drugs and diseases in documents. */
  static ChosenNames ofSample(Collection<Document> documents) {
    if (documents.isEmpty()) {
      return new ChosenNames(BOTH, "there is no document yet to decide by");
    }
    NerExtractor medical = new NerExtractor(NameModel.bundled(NameModel.Bundled.BIOMEDICAL));
    NerExtractor general = new NerExtractor(NameModel.bundled(NameModel.Bundled.GENERAL));
    long biomedical =
        documents.stream().filter(document -> isBiomedical(document, medical, general)).count();
    double share = (double) biomedical / documents.size();
    return new ChosenNames(
        share >= MOST ? BIOMEDICAL : share <= FEW ? GENERAL : BOTH,
        "%d of %d sampled documents are biomedical%s"
            .formatted(biomedical, documents.size(), otherLanguages(documents)));
  }

  /** Says so if many documents are not in the language of the models. */
  private static String otherLanguages(Collection<Document> documents) {
    long others =
        documents.stream()
            .filter(document -> EnglishText.isOtherLanguage(InputSample.beginning(document).text()))
            .count();
    return others <= FEW * documents.size()
        ? ""
        : "; %d not in English, the language of the models".formatted(others);
  }

  private static boolean isBiomedical(
      Document document, NerExtractor medical, NerExtractor general) {
    Document beginning = InputSample.beginning(document);
    List<String> found =
        confident(medical, beginning)
            .map(mention -> mention.name().toLowerCase(Locale.ROOT))
            .toList();
    int fewest = beginning.text().length() < SHORT ? FEWEST_NAMES_OF_SHORT : FEWEST_NAMES;
    return found.stream().distinct().count() >= fewest
        && found.size() * CHARACTERS >= DENSITY * beginning.text().length()
        && generalNames(general, beginning) <= MOST_GENERAL_NAMES * found.size();
  }

  private static long generalNames(NerExtractor general, Document document) {
    return confident(general, document).filter(mention -> !mention.type().equals("DATE")).count();
  }

  private static Stream<Mention> confident(NerExtractor extractor, Document document) {
    return extractor.extract(document).stream()
        .filter(mention -> mention.confidence() >= CONFIDENT);
  }
}
