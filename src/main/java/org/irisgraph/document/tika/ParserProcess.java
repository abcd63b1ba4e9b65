package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.irisgraph.base.TemporaryDirectory;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/** A JVM that parses one document after the other, and a directory that is its own. */
final class ParserProcess {

  /** What {@code -XX:+ExitOnOutOfMemoryError} ends a JVM with. */
  private static final int OUT_OF_MEMORY = 3;

  private static final long END_SECONDS = 10;

  /** Of the worker's environment, where passwords may be, what a JVM may need. */
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
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + settings.heapMegabytes() + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + directory,
            // PDFBox keeps a list of the machine's fonts, by default in the user's home.
            "-Dpdfbox.fontcache=" + directory,
            ParserMain.class.getName(),
            directory.toString(),
            Integer.toString(settings.maxCharacters()));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(errors(directory).toFile());
      builder.environment().keySet().retainAll(ENVIRONMENT);
      speakEnglish(builder.environment());
      // It may be longer than what some systems take on a command line, or show of it.
      builder.environment().put("CLASSPATH", classPath);
      return new ParserProcess(builder.start(), files, directory);
    } catch (IOException e) {
      ProcessDirectory.delete(directory);
      throw e;
    }
  }

  /** In messages, by which faults of the machine are known; characters stay the worker's. */
  private static void speakEnglish(Map<String, String> environment) {
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
      // The process has a working directory of its own.
      paths.add(Path.of(path).toAbsolutePath().toString());
    }
    return String.join(separator, paths);
  }

  private static Path errors(Path directory) {
    return directory.resolve("errors");
  }

  /** Where the document that is to be parsed is put. */
  Path document() {
    return directory.resolve("document");
  }

  /** How many documents it has been given. */
  int parsed() {
    return parsed;
  }

  /** Waits until the process has started. */
  void awaitReady() throws IOException {
    if (replies.readByte() != FrameProtocol.READY) {
      throw new IOException("a parser's process began with something else");
    }
  }

  /**
   * Parses {@link #document}.
   *
   * @throws ReadException if there is no text in it, or it cannot be read
   * @throws MachineFault if the document is not to blame that it was not parsed
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
      throw new IOException("a parser's process replied with something else: " + reply);
    }
    ReadFailure reason = ReadFailure.valueOf(FrameProtocol.readText(replies));
    throw new ReadException(reason, FrameProtocol.readText(replies));
  }

  /** Ends the process, whatever it is doing. */
  void kill() {
    process.destroyForcibly();
  }

  /** Kills the process, and deletes what it leaves behind. */
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

  /** Whether the process, which has ended, had no heap left. */
  boolean ranOutOfMemory() throws InterruptedException {
    return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == OUT_OF_MEMORY;
  }

  /** How the process, which has ended, did so. */
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
