package org.irisgraph;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the archive of loaded classes with which {@code bin/iris-graph-indexer} starts faster, by
 * indexing the sample articles. The build runs this file as it is: {@code java ClassArchive.java
 * FILE.jar}. Without the archive the program works too, so a failure does not fail the build.
 */
final class ClassArchive {

  private static final int MAX_SECONDS = 300;

  private ClassArchive() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path jar = Path.of(arguments[0]).toRealPath();
    Path archive = Path.of(jar.toString().replaceFirst("\\.jar$", ".jsa"));
    Path work = Files.createTempDirectory("iris-graph-indexer-archive");
    Files.deleteIfExists(archive);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-XX:TieredStopAtLevel=1",
                    "-Xlog:disable",
                    "-jar",
                    jar.toString(),
                    "index",
                    "pipelines/quickstart.yaml",
                    "runner-configs/direct.yaml",
                    "--jdbcUrl=jdbc:h2:" + work.resolve("graph"),
                    "--deadLetters=" + work.resolve("dead-letters"),
                    "--report=" + work.resolve("report.html"),
                    "--summary=" + work.resolve("summary.json")))
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output.txt").toFile())
            .start();
    boolean hasEnded = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    if (hasEnded && process.exitValue() == 0 && Files.exists(archive)) {
      System.out.printf("%s: %.1f MB%n", archive.getFileName(), Files.size(archive) / 1e6);
    } else {
      Files.deleteIfExists(archive);
      System.out.println("No class archive was made: the program starts more slowly");
    }
    delete(work.toFile());
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null) {
      for (File child : children) {
        delete(child);
      }
    }
    if (!file.delete()) {
      file.deleteOnExit();
    }
  }
}
