package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The database is a function of the corpus and the settings alone. */
class DeterminismIT {

  @TempDir private static Path corpus;
  private static Map<String, List<String>> expected;

  @BeforeAll
  static void indexOnce() throws Exception {
    TestCorpus.writeTo(corpus);
    expected = contentsAfter(options -> {});
  }

  static Stream<Arguments> waysToRun() {
    return Stream.of(StorageMode.values())
        .flatMap(
            mode ->
                Stream.of(1, 7, 1000, 10_000)
                    .flatMap(
                        batchRows ->
                            Stream.of("direct", "flink")
                                .map(runner -> Arguments.of(runner, mode, batchRows))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2} rows")
  @MethodSource("waysToRun")
  void givesTheSameTables(String runner, StorageMode mode, int batchRows) throws Exception {
    Map<String, List<String>> contents =
        contentsAfter(
            options -> {
              if (runner.equals("flink")) {
                IndexingRun.flink(options);
              } else {
                IndexingRun.direct(options);
              }
              options.setStorageMode(mode);
              options.setBatchRows(batchRows);
            });

    assertThat(contents, is(expected));
  }

  private static Map<String, List<String>> contentsAfter(Consumer<IndexingOptions> settings)
      throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(settings);
      return indexing.contents();
    }
  }
}
