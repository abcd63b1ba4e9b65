package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained model finds the same in a document on every runner and in every order. */
@Tag("slow")
class ModelDeterminismIT {

  @TempDir private Path corpus;

  @Test
  void findsTheSameOnEveryRunner() throws Exception {
    for (String article : List.of("PMC12430055", "PMC12430376", "PMC12431814", "PMC12474009")) {
      Path file = Path.of("pipelines/sample-corpus", article + ".xml");
      Files.copy(file, corpus.resolve(article + ".xml"));
    }
    Files.copy(Path.of("pipelines/dictionaries/diseases.tsv"), corpus.resolve("dictionary.tsv"));

    Map<String, List<String>> direct = contentsAfter(IndexingRun::direct);

    assertThat(direct.get("entities").size(), greaterThan(50));
    assertThat(contentsAfter(IndexingRun::flink), is(direct));
  }

  private Map<String, List<String>> contentsAfter(Consumer<IndexingOptions> runner)
      throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          options -> {
            options.setExtractors(List.of("dictionary", "opennlp"));
            options.setRelationPatterns("pipelines/patterns/biomedical-relations.yaml");
            runner.accept(options);
          });
      return indexing.contents();
    }
  }
}
