package org.irisgraph.pipeline;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.extract.ExtractionSettings;
import org.irisgraph.extract.Extractors;

/** What the options say about extraction, for those that extract without a pipeline. */
public final class ExtractionOptions {

  private ExtractionOptions() {}

  static ExtractionSettings settings(IndexingOptions options) {
    return new ExtractionSettings(
        options.getExtractors(),
        Objects.requireNonNullElse(options.getDictionary(), ""),
        Objects.requireNonNullElse(options.getPatterns(), ""),
        Objects.requireNonNullElse(options.getRelationPatterns(), ""),
        Objects.requireNonNullElse(options.getNameModel(), ""),
        options.getMaxRelationshipsPerSentence());
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
}
