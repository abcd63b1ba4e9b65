package org.irisgraph.document.tika;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import org.irisgraph.document.ReadException;

/**
 * Main class of a parser process: serves requests from standard input until that is closed, which
 * happens when the worker ends, even if it is killed. A looping parser does not keep it alive.
 */
final class ParserMain {

  private record Request(Path file, String name) {}

  private final DataInputStream requests =
      new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
  private final DataOutputStream replies =
      new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
  private final LinkedBlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  private final Path directory;
  private final DocumentParser parser;

  private ParserMain(Path directory, int maxCharacters) {
    this.directory = directory;
    this.parser = new DocumentParser(maxCharacters);
  }

  /**
   * Serves one worker.
   *
   * @param arguments the directory of this process, and the most characters of a text
   */
  public static void main(String[] arguments) {
    // Parsers log, and one of them may print; standard output belongs to the replies.
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    PrintStream errors = System.err;
    System.setOut(nowhere);
    try {
      ParserMain process = new ParserMain(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      System.setErr(nowhere);
      process.serve();
    } catch (Throwable e) {
      // exit() would run the hook below, which waits for the worker, which waits for this process.
      errors.println(e);
      Runtime.getRuntime().halt(1);
    }
  }

  private void serve() throws IOException, InterruptedException {
    Thread reader = new Thread(this::readRequests, "requests");
    reader.setDaemon(true);
    reader.start();
    // Ctrl+C and a service's stop reach all processes of a group, but the worker may still finish
    // its documents. All other threads go on while a shutdown hook runs.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(reader), "until-worker-ends"));
    replies.writeByte(FrameProtocol.READY);
    replies.flush();
    while (true) {
      reply(queue.take());
    }
  }

  private static void awaitEnd(Thread reader) {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readRequests() {
    try {
      while (true) {
        queue.add(
            new Request(
                Path.of(FrameProtocol.readText(requests)), FrameProtocol.readText(requests)));
      }
    } catch (IOException e) {
      // The worker has ended, or has closed the pipe to end this process.
      ProcessDirectory.delete(directory);
      Runtime.getRuntime().halt(0);
    }
  }

  private void reply(Request request) throws IOException {
    try {
      ParsedDocument parsed = parser.parse(request.file(), request.name());
      replies.writeByte(FrameProtocol.PARSED);
      parsed.write(replies);
    } catch (ReadException e) {
      replies.writeByte(FrameProtocol.FAILED);
      FrameProtocol.writeText(replies, e.reason().name());
      FrameProtocol.writeText(replies, e.getMessage());
    } catch (MachineFault e) {
      replies.writeByte(FrameProtocol.FAULT);
      FrameProtocol.writeText(replies, e.getMessage());
    }
    replies.flush();
  }
}
