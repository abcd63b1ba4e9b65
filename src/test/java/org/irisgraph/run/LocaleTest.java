package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run in the language of the machine. Turkish has other capitals of i, as Azeri; Thai has other
 * years and digits.
 */
class LocaleTest {

  private final Locale languageBefore = Locale.getDefault();

  @TempDir private Path directory;

  @AfterEach
  void restoreTheLanguage() {
    Locale.setDefault(languageBefore);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "az-AZ", "th-TH-u-ca-buddhist-nu-thai", "und"})
  void isTheSameInEveryLanguage(String language) throws Exception {
    Locale.setDefault(Locale.forLanguageTag(language));
    Path corpus = Files.createDirectory(directory.resolve("corpus"));
    Files.writeString(corpus.resolve("one.txt"), "Insulin is given against diabetes.");
    Files.write(corpus.resolve("bad.txt"), new byte[] {(byte) 0xff});
    Path terms =
        Files.writeString(directory.resolve("terms.tsv"), "INSULIN\tDRUG\ndiabetes\tDISEASE\n");
    try (IndexingRun run = new IndexingRun(corpus)) {
      String before = yearNow();
      for (int i = 0; i < 2; i++) {
        Summary summary =
            run.run(
                options -> {
                  IndexingRun.direct(options);
                  options.setDictionary(terms.toString());
                  options.setDeadLetters(directory.resolve("dead").toString());
                });
        assertThat(summary.documents().read(), is(2L));
        assertThat(summary.documents().rejected(), is(1L));
        assertThat(summary.documents().unchanged(), is((long) i));
      }
      assertThat(
          run.rows("SELECT entity_name FROM RAG.Entities ORDER BY entity_name"),
          is(List.of("Insulin", "diabetes")));
      assertThat(
          run.rows("SELECT written_at FROM RAG.DocumentLedger").get(0),
          either(startsWith(before)).or(startsWith(yearNow())));
      assertThat(
          run.rows("SELECT entity_name, sentence FROM RAG.GraphEntities ORDER BY entity_name"),
          is(
              List.of(
                  "Insulin|Insulin is given against diabetes.",
                  "diabetes|Insulin is given against diabetes.")));
    }
  }

  private static String yearNow() {
    return Integer.toString(Year.now(ZoneOffset.UTC).getValue());
  }
}
