package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The database is a function of the corpus and the settings alone. */
@Tag("slow")
class DeterminismIT {

  @TempDir private static Path corpus;
  private static Map<String, List<String>> expected;

  @BeforeAll
  static void indexOnce() throws Exception {
    TestCorpus.writeTo(corpus);
    expected = contentsAfter(options -> {});
  }

  /**
   * Each pair of a mode and a size, each pair of a runner and a mode, each of a runner and a size.
   */
  static Stream<Arguments> waysToRun() {
    List<Integer> batchRows = List.of(1, 7, 1000, 10_000);
    List<Arguments> ways = new ArrayList<>();
    boolean isDirect = true;
    for (StorageMode mode : StorageMode.values()) {
      for (int rows : batchRows) {
        ways.add(Arguments.of(isDirect ? "direct" : "flink", mode, rows));
        isDirect = !isDirect;
      }
      isDirect = !isDirect;
    }
    return ways.stream();
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
