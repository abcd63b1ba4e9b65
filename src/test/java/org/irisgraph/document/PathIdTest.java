package org.irisgraph.document;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import org.irisgraph.graph.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathIdTest {

  @TempDir private Path corpus;

  @ParameterizedTest
  @CsvSource({
    "a.txt, /corpus/news/a.txt, 0, true",
    "news/a.txt, /corpus/news/a.txt, 0, true",
    "/corpus/news/a.txt, /corpus/news/a.txt, 0, true",
    ".txt, /corpus/news/a.txt, 0, false",
    "b.txt, /corpus/news/a.txt, 0, false",
    "a.txt, /corpus/news/a.txt.gz, 0, true",
    "a.jsonl#3, /corpus/a.jsonl.gz, 3, true",
    "a.jsonl#3, /corpus/a.jsonl, 4, false",
    "a.jsonl, /corpus/a.jsonl, 4, false",
    "x.tar!/b/c.txt, /corpus/x.tar.gz!/b/c.txt.gz, 0, true",
    "news/a.txt, s3://bucket/news/a.txt, 0, true",
  })
  void recognisesAnIdThatIsAPathOfItsPlace(
      String id, String source, long position, boolean isPath) {
    assertThat(PathId.isPath(id, new Origin(source, position, 0)), is(isPath));
  }

  @Test
  void keepsAnIdUnlessAnotherFileHasThatPathNow() throws Exception {
    Path news = Files.createDirectories(corpus.resolve("news"));
    Origin origin = new Origin(news.resolve("a.txt").toString(), 0, 0);

    assertThat(PathId.isKept("a.txt", "news/a.txt", origin), is(true));
    assertThat(PathId.isKept("given", "news/a.txt", origin), is(false));
    assertThat(PathId.isKept("a.txt", "given", origin), is(false));

    Files.createFile(corpus.resolve("a.txt.gz"));
    assertThat(PathId.isKept("a.txt", "news/a.txt", origin), is(false));
  }
}
