package org.irisgraph.document.tika;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.apache.tika.exception.TikaException;
import org.junit.jupiter.api.Test;

/** Who is to blame for what a parser throws. */
class MachineFaultTest {

  private static boolean isFault(Throwable thrown) {
    return MachineFault.behind(thrown).isPresent();
  }

  @Test
  void blamesTheMachineForItsDiskAndItsHandles() {
    IOException full = new IOException("No space left on device");
    assertThat(isFault(full), is(true));
    assertThat(isFault(new TikaException("TIKA-198", new IllegalStateException(full))), is(true));
    assertThat(isFault(new FileNotFoundException("poi (Too many open files)")), is(true));
    assertThat(isFault(new FileSystemException("poi", null, "whatever")), is(true));
  }

  @Test
  void blamesTheDocumentForWhatItSays() {
    assertThat(isFault(new IOException("Expected xref, got No space left on device")), is(false));
    assertThat(isFault(new IllegalStateException("No space left on device")), is(false));
    assertThat(
        isFault(
            new FileNotFoundException(
                "no such entry: \"(Too many open files)\", had: [WordDocument]")),
        is(false));
    assertThat(isFault(new IOException()), is(false));
  }
}
