package org.irisgraph.base;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this program is. */
public final class ProgramFile {

  private ProgramFile() {}

  /** Its jar, or the directory of its classes. */
  public static Path path() {
    try {
      return Path.of(ProgramFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of this program is not a path", e);
    }
  }
}
