package org.irisgraph.plan;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.IrisHint;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadSettingsTest {

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @Test
  void upsertsWithoutHintsByDefault() {
    LoadSettings load = LoadSettings.of(options);

    assertThat(load.mode(), is(WriteMode.UPSERT));
    assertThat(load.hints(), is(empty()));
    assertThat(load.defersIndexes(), is(false));
    assertThat(load.needsEmptyTables(), is(false));
  }

  @ParameterizedTest
  @CsvSource({
    "nolock, false, NOLOCK, false",
    "nocheck, false, NOCHECK, true",
    "nolock, true, NOLOCK NOINDEX, true",
  })
  void needsEmptyTablesIfRowsCouldBeStoredTwice(
      String hint, boolean deferIndexes, String expected, boolean needsEmptyTables) {
    options.setWriteMode(WriteMode.INSERT);
    options.setIrisHints(List.of(hint));
    options.setDeferIndexes(deferIndexes);

    LoadSettings load = LoadSettings.of(options);

    assertThat(load.hints(), is(hints(expected)));
    assertThat(load.defersIndexes(), is(deferIndexes));
    assertThat(load.needsEmptyTables(), is(needsEmptyTables));
  }

  @Test
  void keepsOnlyTheHintThatUpsertsAllow() {
    options.setWriteMode(WriteMode.INSERT);
    options.setIrisHints(List.of("nolock", "nocheck"));
    options.setDeferIndexes(true);

    assertThat(
        LoadSettings.of(options).upserting(),
        is(new LoadSettings(WriteMode.UPSERT, Set.of(IrisHint.NOLOCK))));
  }

  private static Set<IrisHint> hints(String names) {
    return List.of(names.split(" ")).stream().map(IrisHint::valueOf).collect(toSet());
  }
}
