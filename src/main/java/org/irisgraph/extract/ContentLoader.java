package org.irisgraph.extract;

import java.io.IOException;

/** Reads the files that settings name, wherever they are. */
@FunctionalInterface
public interface ContentLoader {

  /** The whole content of the file at this location, which is UTF-8. */
  String load(String location) throws IOException;
}
