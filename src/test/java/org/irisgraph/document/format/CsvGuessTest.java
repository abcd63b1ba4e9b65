package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.SourceOpener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CsvGuessTest {

  private static final SourceFile FILE = new SourceFile("/a.csv", "a.csv", 0);

  /** Bytes of a letter, forever. */
  private static final class Endless extends InputStream {

    @Override
    public int read() {
      return 'a';
    }
  }

  @Tag("slow")
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsTheBeginningOfAFileWithAnUnclosedQuote() {
    byte[] beginning = "id,text\n1,\"Gout".getBytes(UTF_8);
    SourceOpener endless =
        source -> new SequenceInputStream(new ByteArrayInputStream(beginning), new Endless());

    assertThat(CsvGuess.of(endless, FILE), is(Optional.empty()));
  }

  @Test
  void givesNothingForAFileThatCannotBeRead() {
    SourceOpener refusing =
        source -> {
          throw new AccessDeniedException(source);
        };

    assertThat(CsvGuess.of(refusing, FILE), is(Optional.empty()));
  }
}
