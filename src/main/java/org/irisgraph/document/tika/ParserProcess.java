package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.irisgraph.base.TemporaryDirectory;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/** A JVM that parses documents one after the other, with a directory of its own. */
final class ParserProcess {

  /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private static final long END_SECONDS = 10;

  /** About compilers and about which classes are verified. */
  private static final Pattern STARTUP_FLAG =
      Pattern.compile("-XX:(Tier.*|\\+UnlockDiagnosticVMOptions|[+-]BytecodeVerification.*)");

  /** The variables that a JVM may need; the others are not passed on, as they may be secret. */
  private static final Set<String> ENVIRONMENT =
      Set.of("LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SystemRoot");

  private final Process process;
  private final TemporaryDirectory files;
  private final Path directory;
  private final DataOutputStream requests;
  private final DataInputStream replies;
  private int parsed;

  private ParserProcess(Process process, TemporaryDirectory files, Path directory) {
    this.process = process;
    this.files = files;
    this.directory = directory;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.replies = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** Starts a process, which is not yet {@link #awaitReady ready}. */
  static ParserProcess start(ParserSettings settings) throws IOException {
    String classPath = classPath();
    TemporaryDirectory files = TemporaryDirectory.open();
    try {
      return start(settings, classPath, files, ProcessDirectory.in(files));
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  private static ParserProcess start(
      ParserSettings settings, String classPath, TemporaryDirectory files, Path directory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(startupFlags());
    command.addAll(
        List.of(
            "-Xmx" + settings.heapMegabytes() + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            // Warnings of the JVM are not to get between the replies.
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            // What parsers log is not read. By name, since Flink may have an older SLF4J.
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + directory,
            // PDFBox caches a list of fonts, by default in the user's home.
            "-Dpdfbox.fontcache=" + directory,
            ParserMain.class.getName(),
            directory.toString(),
            Integer.toString(settings.maxCharacters())));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(errors(directory).toFile());
      builder.environment().keySet().retainAll(ENVIRONMENT);
      setMessagesToEnglish(builder.environment());
      // The class path may exceed the length of a command line on some systems.
      builder.environment().put("CLASSPATH", classPath);
      return new ParserProcess(builder.start(), files, directory);
    } catch (IOException e) {
      ProcessDirectory.delete(directory);
      throw e;
    }
  }

  /** Those of this JVM: where it is too short-lived for the optimising compiler, so is a parser. */
  static List<String> startupFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(STARTUP_FLAG.asMatchPredicate())
        .toList();
  }

  /**
   * Sets messages to English, by which {@link MachineFault} recognises faults; keeps the encoding.
   */
  private static void setMessagesToEnglish(Map<String, String> environment) {
    String all = environment.remove("LC_ALL");
    if (all != null) {
      environment.put("LC_CTYPE", all);
    }
    environment.put("LC_MESSAGES", "C");
  }

  /**
   * The jars of the class loader that this class comes from, as in a Flink job, and those that the
   * JVM was started with.
   */
  private static String classPath() {
    Set<String> paths = new LinkedHashSet<>();
    if (ParserProcess.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        try {
          paths.add(Path.of(url.toURI()).toString());
        } catch (URISyntaxException | RuntimeException e) {
          throw new IllegalStateException("a parser's process cannot load classes from " + url, e);
        }
      }
    }
    String separator = System.getProperty("path.separator");
    for (String path : System.getProperty("java.class.path").split(separator, -1)) {
      // Absolute, since the process has another working directory.
      paths.add(Path.of(path).toAbsolutePath().toString());
    }
    return String.join(separator, paths);
  }

  private static Path errors(Path directory) {
    return directory.resolve("errors");
  }

  /** The path of the document to parse. */
  Path document() {
    return directory.resolve("document");
  }

  /** The number of documents passed to the process. */
  int parsed() {
    return parsed;
  }

  /** Waits until the process has started. */
  void awaitReady() throws IOException {
    if (replies.readByte() != FrameProtocol.READY) {
      throw new IOException("a parser process sent an unexpected first byte");
    }
  }

  /**
   * Parses {@link #document}.
   *
   * @throws ReadException if there is no text in it, or it cannot be read
   * @throws MachineFault if the machine failed
   * @throws IOException if the process has ended
   */
  ParsedDocument parse(String name) throws IOException {
    parsed++;
    FrameProtocol.writeText(requests, document().toString());
    FrameProtocol.writeText(requests, name);
    requests.flush();
    byte reply = replies.readByte();
    if (reply == FrameProtocol.PARSED) {
      return ParsedDocument.read(replies);
    }
    if (reply == FrameProtocol.FAULT) {
      throw new MachineFault(FrameProtocol.readText(replies));
    }
    if (reply != FrameProtocol.FAILED) {
      throw new IOException("a parser process sent an unexpected reply: " + reply);
    }
    ReadFailure reason = ReadFailure.valueOf(FrameProtocol.readText(replies));
    throw new ReadException(reason, FrameProtocol.readText(replies));
  }

  /** Kills the process. */
  void kill() {
    process.destroyForcibly();
  }

  /** Kills the process and deletes its directory. */
  void close() {
    kill();
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessDirectory.delete(directory);
    files.close();
  }

  /** Whether the ended process ran out of heap. */
  boolean ranOutOfMemory() throws InterruptedException {
    return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == OUT_OF_MEMORY;
  }

  /** Describes how the ended process ended. */
  String end() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      return "it has closed its output";
    }
    String errors;
    try {
      errors = Files.readString(errors(directory), UTF_8).strip();
    } catch (IOException e) {
      errors = "";
    }
    return "exit code " + process.exitValue() + (errors.isEmpty() ? "" : ": " + errors);
  }
}
