package org.irisgraph.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.base.ProgramFile;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.onnx.OnnxLibraries;
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
   * @throws UsageException if the jar is missing, or what models that the options name need
   */
  public static List<String> stage(IndexingOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    if (flink.getFilesToStage() == null) {
      flink.setFilesToStage(List.of(find().toString()));
    }
    options
        .getEmbeddings()
        .model()
        .ifPresent(
            model ->
                require(
                    List.of(model.file() + ".onnx"),
                    flink.getFilesToStage(),
                    "the embedding model %s is".formatted(model.file()),
                    model.profile(),
                    "set embeddings=none"));
    if (options.getExtractors().contains(OnnxExtractor.NAME)) {
      require(
          OnnxLibraries.FILES,
          flink.getFilesToStage(),
          "ONNX Runtime and tokenizers are",
          OnnxLibraries.PROFILE,
          "leave onnx out of extractors");
    }
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
   * Checks that workers elsewhere get what a model needs.
   *
   * @param entries files in a jar
   * @param staged the files that are shipped to them
   * @param what is missing otherwise
   * @throws UsageException if none of them has all entries
   */
  static void require(
      List<String> entries, List<String> staged, String what, String profile, String otherwise) {
    for (String file : staged) {
      try (ZipFile jar = new ZipFile(file)) {
        if (entries.stream().allMatch(entry -> jar.getEntry(entry) != null)) {
          return;
        }
      } catch (IOException e) {
        LOG.debug("{} is no jar, so it has no model", file, e);
      }
    }
    throw new UsageException(
        "%s not in %s: make the bundled jar with mvn package -P%s, or %s"
            .formatted(what, String.join(", ", staged), profile, otherwise));
  }
}
