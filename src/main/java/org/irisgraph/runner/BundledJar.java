package org.irisgraph.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.base.ProgramFile;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jar that is shipped to a Flink cluster: everything that the cluster does not have. */
public final class BundledJar {

  public static final String NAME = "iris-graph-indexer-bundled.jar";

  private static final Logger LOG = LoggerFactory.getLogger(BundledJar.class);

  private BundledJar() {}

  /**
   * Chooses the files that travel to the workers of a cluster: the jar, unless the options name
   * others.
   *
   * @throws UsageException if the jar is missing, or the embedding model that the options name
   */
  public static List<String> stage(IndexingOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (flink.getFilesToStage() == null) {
      flink.setFilesToStage(List.of(find().toString()));
    }
    options
        .getEmbeddings()
        .model()
        .ifPresent(model -> requireModel(model, flink.getFilesToStage()));
    return flink.getFilesToStage();
  }

  /**
   * Finds the jar, which the build puts beside the program.
   *
   * @throws UsageException if it is missing
   */
  static Path find() {
    return beside(ProgramFile.path());
  }

  /** Finds it beside the program's own jar or directory of classes. */
  static Path beside(Path program) {
    Path jar = program.resolveSibling(NAME);
    if (!Files.isRegularFile(jar)) {
      throw new UsageException(
          "a Flink cluster needs %s, which is missing: make it with mvn package, or name it with --filesToStage"
              .formatted(jar));
    }
    return jar;
  }

  /**
   * Checks that workers elsewhere get the embedding model.
   *
   * @param staged the files that are shipped to them
   * @throws UsageException if none of them has it
   */
  static void requireModel(MiniLm model, List<String> staged) {
    for (String file : staged) {
      try (ZipFile jar = new ZipFile(file)) {
        if (jar.getEntry(model.file() + ".onnx") != null) {
          return;
        }
      } catch (IOException e) {
        LOG.debug("{} is no jar, so it has no model", file, e);
      }
    }
    throw new UsageException(
        "the embedding model %s is not in %s: make the bundled jar with mvn package -P%s, or set embeddings=none"
            .formatted(model.file(), String.join(", ", staged), model.profile()));
  }
}
