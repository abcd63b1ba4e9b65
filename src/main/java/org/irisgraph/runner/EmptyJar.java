package org.irisgraph.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A jar with nothing in it, for workers that have our class path already: told to stage no file at
 * all, Beam stages the whole class path, 200 MB that are then copied over REST.
 */
final class EmptyJar {

  private EmptyJar() {}

  /** Writes it; it is deleted when this JVM ends. */
  static Path create() throws IOException {
    Path file = Files.createTempFile("iris-graph-indexer", ".jar");
    file.toFile().deleteOnExit();
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), new Manifest())) {
      jar.finish();
    }
    return file;
  }
}
