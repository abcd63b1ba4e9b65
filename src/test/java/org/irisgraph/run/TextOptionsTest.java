package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of how texts are decoded and compared, in a whole run. */
class TextOptionsTest {

  @TempDir private Path corpus;

  @Test
  void decodesTheFilesAndComparesGreekLettersByTheirNames() throws Exception {
    String text = "\u03b1-synuclein in \u0391\u03b8\u03ae\u03bd\u03b1.";
    Files.writeString(corpus.resolve("dictionary.tsv"), "alpha-synuclein\tPROTEIN\n");
    Files.writeString(corpus.resolve("a.txt"), text, Charset.forName("ISO-8859-7"));
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(
          options -> {
            options.setInput(List.of(corpus + "/*.txt"));
            options.setEncoding("ISO-8859-7");
            options.setGreekNames(true);
          });

      assertThat(indexing.rows("SELECT text_content FROM RAG.SourceDocuments"), contains(text));
      assertThat(
          indexing.rows("SELECT entity_name, entity_type FROM RAG.Entities"),
          contains("\u03b1-synuclein|PROTEIN"));
    }
  }
}
