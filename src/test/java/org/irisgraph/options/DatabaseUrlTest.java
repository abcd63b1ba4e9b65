package org.irisgraph.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://host:5432/db?user=me&ssl=true,jdbc:postgresql://host:5432/db",
    "jdbc:postgresql://me@host/db,jdbc:postgresql://host/db",
    "jdbc:h2:./graph;USER=me,jdbc:h2:./graph",
    "jdbc:IRIS://host:1972/USER,jdbc:IRIS://host:1972/USER"
  })
  void namesADatabaseByItsPlaceAlone(String url, String place) {
    assertThat(new DatabaseUrl(url).place(), is(place));
  }
}
