package org.irisgraph.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An empty jar to stage for workers that have our class path already: without any file to stage,
 * Beam stages the whole class path, 200 MB that are then copied over REST.
 */
final class EmptyJar {

  private EmptyJar() {}

  static Path in(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, "empty", ".jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), new Manifest())) {
      jar.finish();
    }
    return file;
  }
}
