package org.irisgraph.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.irisgraph.document.SourceOpener;
import org.irisgraph.files.FileSystemOpener;

/** Opens files as a run does, and records when it opened the first. */
final class FirstRead implements SourceOpener {

  /** Of this JVM, in which all workers of the test are. */
  private static final AtomicLong FIRST_MILLIS = new AtomicLong();

  private final SourceOpener opener = new FileSystemOpener();

  static void forget() {
    FIRST_MILLIS.set(0);
  }

  static long millis() {
    return FIRST_MILLIS.get();
  }

  @Override
  public InputStream open(String source) throws IOException {
    FIRST_MILLIS.compareAndSet(0, System.currentTimeMillis());
    return opener.open(source);
  }
}
