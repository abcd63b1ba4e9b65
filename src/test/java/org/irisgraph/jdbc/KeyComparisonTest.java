package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyComparisonTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a,A",
        "`a`,`A \t`",
        "straße,STRASSE",
        "ẞ,ß",
        "i,İ",
        "ı,I",
        "ähre,ÄHRE",
        "σ,ς",
        "文,`文 `"
      })
  void keysAreEqualThatSomeDatabaseTakesForEqual(String key, String other) {
    assertThat(KeyComparison.fold(key), is(KeyComparison.fold(other)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"a,` a`", "`a b`,ab", "a,ä", "文書,文", "o,ø"})
  void otherKeysDiffer(String key, String other) {
    assertThat(KeyComparison.fold(key), is(not(KeyComparison.fold(other))));
  }
}
