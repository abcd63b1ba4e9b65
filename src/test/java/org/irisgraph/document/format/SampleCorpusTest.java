package org.irisgraph.document.format;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.Document;
import org.junit.jupiter.api.Test;

/** The articles that the quick start indexes. */
class SampleCorpusTest {

  private static final Path CORPUS = Path.of("pipelines", "sample-corpus");

  private final Collected collected = new Collected();

  @Test
  void readsEveryArticleUnderItsPmcId() throws IOException {
    List<Path> files = read();
    assertThat(collected.unreadable, empty());
    List<String> expected =
        files.stream().map(file -> file.getFileName().toString().replace(".xml", "")).toList();
    assertThat(collected.ids(), containsInAnyOrder(expected.toArray(String[]::new)));
  }

  @Test
  void findsTitleMetadataAndFullText() throws IOException {
    read();
    for (Document document : collected.documents) {
      assertThat(document.metadata(), hasKey("doi"));
      assertThat(document.metadata(), hasKey("journal"));
      assertThat(document.metadata(), hasKey("authors"));
      assertThat(document.text(), startsWith(document.metadata().get("title") + "\n\n"));
      assertThat(document.id(), document.text().length(), greaterThan(8_000));
      List<String> paragraphs = List.of(document.text().split("\n\n", -1));
      assertThat(paragraphs, not(containsInAnyOrder("")));
    }
  }

  private List<Path> read() throws IOException {
    SourceReader reader =
        new SourceReader(
            source -> Files.newInputStream(Path.of(source)), InputFormat.AUTO, 10_000_000);
    try (Stream<Path> entries = Files.list(CORPUS)) {
      List<Path> files = entries.filter(file -> file.toString().endsWith(".xml")).toList();
      for (Path file : files) {
        SourceFile source =
            SourceFile.matched(CORPUS + "/*.xml", null, file.toAbsolutePath().toString(), 0);
        reader.split(source, chunk -> reader.read(chunk, collected), collected);
      }
      return files;
    }
  }
}
