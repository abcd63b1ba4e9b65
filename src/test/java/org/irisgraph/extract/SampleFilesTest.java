package org.irisgraph.extract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.Test;

/** Checks the files under {@code pipelines} that the quickstart uses. */
class SampleFilesTest {

  private static final Path DICTIONARY = Path.of("pipelines/dictionaries/diseases.tsv");
  private static final Path PATTERNS = Path.of("pipelines/patterns/biomedical.yaml");

  private static final Document DOCUMENT =
      Documents.of(
          """
          A mass of 3 kg was lifted in a period of stress in May 2024. Non-Hodgkin lymphoma and
          Alzheimer’s
            disease (AD) are treated with rituximab; SARS-CoV-2 raises IL-6 and CD19. A nurse
          aids patients with COPD. NO3 rose by 95%. The eGFR fell in EGFR and rs4646994.
          """);

  @Test
  void dictionaryFindsDiseasesButNoEverydayWords() throws IOException {
    try (Reader reader = Files.newBufferedReader(DICTIONARY)) {
      Dictionary dictionary = Dictionary.parse(DICTIONARY.toString(), reader);

      assertThat(dictionary.size(), greaterThan(20_000));
      assertThat(
          names(new DictionaryExtractor(dictionary)),
          containsInAnyOrder("Non-Hodgkin lymphoma", "Alzheimer’s\n  disease", "SARS", "COPD"));
    }
  }

  @Test
  void patternsFindTheExamplesOfTheirNames() throws IOException {
    assertThat(
        names(PatternExtractor.parse(PATTERNS.toString(), Files.readString(PATTERNS))),
        containsInAnyOrder(
            "May 2024", "rituximab", "SARS-CoV-2", "IL-6", "CD19", "EGFR", "rs4646994"));
  }

  private static List<String> names(EntityExtractor extractor) {
    return extractor.extract(DOCUMENT).stream().map(mention -> mention.text()).toList();
  }
}
