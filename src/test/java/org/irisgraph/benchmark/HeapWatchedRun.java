package org.irisgraph.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.irisgraph.cli.Indexer;

/** The command line in a process of its own whose live heap is watched. */
public final class HeapWatchedRun {

  private HeapWatchedRun() {}

  /** Takes the file for the peak of the live heap in bytes, then what the command line takes. */
  public static void main(String[] arguments) {
    LiveHeap heap = new LiveHeap();
    heap.watch();
    Path file = Path.of(arguments[0]);
    // The command line ends the JVM.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(file, heap.peakBytes())));
    Indexer.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void write(Path file, long bytes) {
    try {
      Files.writeString(file, Long.toString(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
