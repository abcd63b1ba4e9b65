package org.irisgraph.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.check.FolderSurvey;
import org.irisgraph.document.GlobPath;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.report.NextSteps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the first settings file for a folder of documents. */
@Command(
    name = "init",
    description = {
      "Looks at a folder of documents, and writes settings, a sample dictionary and the choice of a"
          + " runner for it into the working directory.",
      "",
      "Nothing is overwritten, and the folder is only read."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {
      "",
      "Exit code: 0 the files are written, 1 the folder cannot be read, 2 wrong usage."
    })
final class InitCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Parameters(paramLabel = "DIR", description = "The folder of the documents.")
  private Path folder;

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "Name of the pipeline and the files. Default: the folder's.")
  private @Nullable String pipeline;

  private final Path workingDirectory;

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  InitCommand(Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  @Override
  public Integer call() {
    try {
      init();
      return ExitCode.OK;
    } catch (Exception e) {
      return FailureReport.print(spec.commandLine(), e, false);
    }
  }

  private void init() throws IOException {
    checkFolder();
    String name = Objects.requireNonNullElseGet(pipeline, this::nameOfFolder);
    // A file that begins with a hyphen would be an option of the next command.
    if (!name.matches("[\\p{L}\\p{N}._][\\p{L}\\p{N}._-]{0,79}")) {
      throw new UsageException(
          "the pipeline's name must have letters, digits, ., _ and - only, and not begin with -: \"%s\"; set --pipeline"
              .formatted(name));
    }
    Path settings = workingDirectory.resolve(name + ".yaml");
    Path dictionary = workingDirectory.resolve(name + "-terms.tsv");
    Path runner = workingDirectory.resolve(name + "-runner.yaml");
    for (Path file : List.of(settings, dictionary, runner)) {
      if (Files.exists(file)) {
        throw existing(file);
      }
    }
    FolderSurvey survey =
        FolderSurvey.of(folder.toString(), PipelineOptionsFactory.as(IndexingOptions.class));
    checkContents(survey);
    StarterFiles texts = new StarterFiles(name, survey);
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(dictionary, StarterFiles.dictionary());
    files.put(runner, texts.runner());
    files.put(settings, texts.settings());
    List<Path> created = new ArrayList<>();
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        create(file.getKey(), file.getValue());
        created.add(file.getKey());
      }
    } catch (IOException | UsageException e) {
      for (Path file : created) {
        Files.delete(file);
      }
      throw e;
    }
    print(survey, List.of(settings, dictionary, runner));
  }

  private void checkFolder() throws IOException {
    if (!Files.exists(folder)) {
      throw new UsageException("the folder \"%s\" does not exist".formatted(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException("\"%s\" is a file: name the folder that it is in".formatted(folder));
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new UsageException("the folder \"%s\" may not be read".formatted(folder));
    }
    if (!GlobPath.fixedPart(folder + "/").equals(folder + "/")) {
      throw new UsageException(
          "\"%s\" has a wildcard in its name, one of *?[{: rename it".formatted(folder));
    }
    if (workingDirectory.toRealPath().startsWith(folder.toRealPath())) {
      throw new UsageException(
          "the files of init would be among the documents: start it in a folder outside \"%s\""
              .formatted(folder));
    }
  }

  private String nameOfFolder() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    String plain =
        name == null
            ? ""
            : name.toString().replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^-+|-+$", "");
    return plain.matches("[-._]*") ? "documents" : plain;
  }

  private void checkContents(FolderSurvey survey) {
    if (survey.contents().isEmpty()) {
      throw new UsageException(
          "there is no file in \"%s\"%s"
              .formatted(
                  folder,
                  survey.notices().isEmpty() ? "" : "; " + String.join("; ", survey.notices())));
    }
    if (survey.readable().isEmpty()) {
      throw new UsageException(survey.leftOut().isEmpty() ? survey.notices() : survey.leftOut());
    }
  }

  private static UsageException existing(Path file) {
    return new UsageException(
        "%s is there already, and init overwrites nothing: name another with --pipeline=NAME"
            .formatted(file));
  }

  private void create(Path file, String content) throws IOException {
    try {
      Files.writeString(file, content, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw existing(file);
    }
  }

  private void print(FolderSurvey survey, List<Path> written) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %s%n", folder, survey.contents());
    survey.leftOut().forEach(line -> out.println(ShownText.plain(line)));
    survey.notices().forEach(line -> out.println(ShownText.plain(line)));
    out.printf(
        "%nWritten: %s. Look at them, then:%n%n",
        written.stream().map(Path::toString).collect(Collectors.joining(", ")));
    out.printf("%s check %s%n", NextSteps.COMMAND, written.get(0));
    out.printf("%s index %s%n", NextSteps.COMMAND, written.get(0));
    out.flush();
  }
}
