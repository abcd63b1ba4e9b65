package org.irisgraph.document;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPathTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/data/corpus/**/*.xml, /data/corpus/a/b.xml, a/b.xml",
        "/data/corpus/**, /data/corpus/a/b.xml, a/b.xml",
        "/data/corpus/a*/b.xml, /data/corpus/ab/b.xml, ab/b.xml",
        "/data/corpus/b.xml, /data/corpus/b.xml, b.xml",
        "/data/{a}/[bc]?.txt, /data/a/b1.txt, a/b1.txt",
        "/*, /a.txt, a.txt",
        "file:///data/*.txt, /data/a.txt, a.txt",
        "/data/*.txt, file:/data/a.txt, a.txt",
        "/data/./x/../*.txt, /data/x/../a.txt, a.txt",
        "s3://bucket/corpus/**.txt, s3://bucket/corpus/x/y.txt, x/y.txt",
        "gs://bucket/*, gs://bucket/x.txt, x.txt",
        "s3://bucket/*/a.txt, s3://bucket/x/a.txt, x/a.txt",
        "/elsewhere/*.txt, /data/a.txt, /data/a.txt",
      })
  void namesAFileBelowTheFixedPart(String glob, String file, String path) {
    assertThat(GlobPath.below(glob, file), is(path));
  }

  @ParameterizedTest
  @CsvSource({
    "**, a/b.txt, true, false",
    "**, .git/a.txt, true, true",
    "**, a/.DS_Store, false, true",
    "**, a/.note.txt, true, false",
    "**, a/._note.txt, true, true",
    "**, ./a/../b, false, false",
    ".git/**, .git/config, false, false",
    "'{a,.b}/*', .b/config, false, false",
  })
  void leavesOutWhatIsHidden(String glob, String path, boolean isDocument, boolean isHidden) {
    assertThat(GlobPath.isHidden(glob, path, isDocument), is(isHidden));
  }

  /** Under {@code LC_ALL=C} no name with an umlaut is; these are not anywhere. */
  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\ud800b", "two\nlines"})
  void takesNamesThatAreNoneInThisSystem(String name) {
    assertThat(GlobPath.isHidden("**", name, false), is(false));
    assertThat(GlobPath.isHidden("**", "." + name, false), is(true));
    assertThat(GlobPath.below("s3://bucket/*", "s3://bucket/" + name), is(name));
  }

  @Test
  void takesARelativeGlobFromTheWorkingDirectory() {
    String file = Path.of("corpus/a/b.txt").toAbsolutePath().toString();
    assertThat(GlobPath.below("corpus/**.txt", file), is("a/b.txt"));
    assertThat(GlobPath.below("./corpus/*/b.txt", file), is("a/b.txt"));
    assertThat(GlobPath.below("**.txt", file), is("corpus/a/b.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "/data/corpus/**/*.xml, /data/corpus/",
    "/data/a.xml, /data/",
    "s3://bucket/*.xml, s3://bucket/",
    "data/*.xml, data/",
    "*.xml, ''",
    "C:\\data\\*.xml, C:/data/",
  })
  void knowsTheFixedPart(String glob, String fixedPart) {
    assertThat(GlobPath.fixedPart(glob), is(fixedPart));
  }
}
