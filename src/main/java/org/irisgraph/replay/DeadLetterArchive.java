package org.irisgraph.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.replay.DeadLetterLines.Line;

/**
 * A directory of dead letters, and the archive in it, where those go that are solved. Each step
 * writes a file beside the old one and renames it: a kill at any moment leaves every dead letter in
 * the directory or in the archive, at worst in both, and the next replay puts that right.
 */
final class DeadLetterArchive {

  private static final String ENDING = ".jsonl";

  private final Path directory;
  private final Path archive;

  /** Two replays at once must not write to one file. */
  private final String replay = UUID.randomUUID() + ".";

  DeadLetterArchive(Path directory) {
    this.directory = directory;
    this.archive = directory.resolve("archive");
  }

  /** Where the solved dead letters are. */
  Path archive() {
    return archive;
  }

  /** The files of dead letters, by the ids of their runs and so from the oldest to the newest. */
  List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(DeadLetterArchive::isLetters).sorted().toList();
    }
  }

  private static boolean isLetters(Path file) {
    String name = "" + file.getFileName();
    return name.endsWith(ENDING) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  /**
   * Says of a group of lines which are solved.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Judge<E extends Exception> {

    /** For each line whether it belongs into the archive. */
    List<Boolean> solved(List<Line> lines) throws IOException, E;
  }

  /** The lines of a file, sorted into two files that are not seen yet. */
  record Sorted(Path file, Path solved, Path open, long solvedLines, long openLines) {}

  /** Moves the lines of a file that are solved into the archive. */
  <E extends Exception> void settle(Path file, Judge<E> judge) throws IOException, E {
    Path solved = unfinished(file, "solved");
    Path open = unfinished(file, "open");
    try {
      Sorted sorted = sort(file, solved, open, judge);
      if (sorted.solvedLines() > 0) {
        addToArchive(sorted);
        takeOut(sorted);
      }
    } finally {
      Files.deleteIfExists(solved);
      Files.deleteIfExists(open);
    }
  }

  /** Sorts the lines of a file; broken ones stay where they are. */
  <E extends Exception> Sorted sort(Path file, Path solved, Path open, Judge<E> judge)
      throws IOException, E {
    long[] counts = new long[2];
    try (OutputStream solvedLines = create(solved);
        OutputStream openLines = create(open)) {
      DeadLetterLines.<E>read(
          file,
          lines -> {
            List<Boolean> verdicts = judge.solved(lines);
            for (int i = 0; i < lines.size(); i++) {
              boolean isSolved = verdicts.get(i);
              write(isSolved ? solvedLines : openLines, lines.get(i));
              counts[isSolved ? 0 : 1]++;
            }
          });
    }
    return new Sorted(file, solved, open, counts[0], counts[1]);
  }

  /**
   * The first step: the archive has the solved lines, too. Those that it has already, because a
   * replay was killed after this step, are not added again.
   */
  void addToArchive(Sorted sorted) throws IOException {
    Files.createDirectories(archive);
    Path archived = archive.resolve("" + sorted.file().getFileName());
    Path unfinished = unfinished(archived, "archive");
    try (FileChannel lock =
        FileChannel.open(
            archive.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      Set<String> known = new HashSet<>();
      try (OutputStream lines = create(unfinished)) {
        if (Files.exists(archived)) {
          append(archived, lines, known);
        }
        append(sorted.solved(), lines, known);
      }
      Files.move(unfinished, archived, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The second step: the file has the open lines only, or is gone if there are none. */
  void takeOut(Sorted sorted) throws IOException {
    if (sorted.openLines() == 0) {
      Files.deleteIfExists(sorted.file());
    } else {
      Files.move(sorted.open(), sorted.file(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void append(Path from, OutputStream to, Set<String> known) throws IOException {
    DeadLetterLines.<IOException>read(
        from,
        lines -> {
          for (Line line : lines) {
            if (known.add(ContentHash.of(new String(line.bytes(), UTF_8)))) {
              write(to, line);
            }
          }
        });
  }

  private static void write(OutputStream to, Line line) throws IOException {
    to.write(line.bytes());
    to.write('\n');
  }

  private Path unfinished(Path file, String what) {
    return file.resolveSibling("." + file.getFileName() + "." + replay + what + ".unfinished");
  }

  /** A new file that is on the disk, and not only on its way there, once it is closed. */
  private static OutputStream create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new BufferedOutputStream(Channels.newOutputStream(channel)) {
      @Override
      public void close() throws IOException {
        try (channel) {
          flush();
          channel.force(true);
        }
      }
    };
  }
}
