package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the user's language has digits of its own, which no database reads. */
class DialectLocaleTest {

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void speakArabic() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  @Test
  void statementsHaveDigitsThatDatabasesRead() {
    Dialect postgres = Dialects.of("jdbc:postgresql://localhost/x");
    Dialect iris = Dialects.of("jdbc:IRIS://localhost:1972/USER");
    VectorColumn column = new VectorColumn("embedding", "?", false, 384);

    assertThat(postgres.first("SELECT 1", 300), endsWith(" LIMIT 300"));
    assertThat(postgres.nearest("T", "id", column, 12).orElseThrow(), endsWith(" LIMIT 12"));
    assertThat(iris.nearest("T", "id", column, 12).orElseThrow(), containsString("TOP 12 "));
    assertThat(iris.vectorType(384), containsString(", 384)"));
  }
}
