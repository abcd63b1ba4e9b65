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
import org.irisgraph.base.Directories;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.replay.DeadLetterLines.Line;

/**
 * A directory of dead letters with an archive of the solved ones. Each step writes a new file and
 * renames it: after a kill at any moment, every dead letter is in the directory or in the archive,
 * or in both, which the next replay corrects.
 */
final class DeadLetterArchive {

  private static final String ENDING = ".jsonl";

  private final Path directory;
  private final Path archive;

  /** Part of the names of temporary files: replays may run at the same time. */
  private final String replay = UUID.randomUUID() + ".";

  DeadLetterArchive(Path directory) {
    this.directory = directory;
    this.archive = directory.resolve("archive");
  }

  /** The directory of the solved dead letters. */
  Path archive() {
    return archive;
  }

  /** The files of dead letters, sorted by run id and so from the oldest to the newest. */
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
   * Decides which lines are solved.
   *
   * @param <E> the exception that it may throw
   */
  @FunctionalInterface
  interface Judge<E extends Exception> {

    /** Whether each line is solved. */
    List<Boolean> solved(List<Line> lines) throws IOException, E;
  }

  /** The lines of a file, sorted into two temporary files. */
  record Sorted(Path file, Path solved, Path open, long solvedLines, long openLines) {}

  /** Moves the solved lines of a file to the archive. */
  <E extends Exception> void settle(Path listed, Judge<E> judge) throws IOException, E {
    // A renamed file would replace a link, and not the file that it leads to.
    Path file = listed.toRealPath();
    Path solved = unfinished(file, "solved");
    Path open = unfinished(file, "open");
    try {
      Sorted sorted = sort(file, solved, open, judge);
      if (sorted.solvedLines() > 0) {
        addToArchive(sorted);
        removeSolved(sorted);
      }
    } finally {
      Files.deleteIfExists(solved);
      Files.deleteIfExists(open);
    }
  }

  /** Sorts the lines of a file. */
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
   * The first step: adds the solved lines to the archive, except those that it has already because
   * a replay was killed after this step.
   */
  void addToArchive(Sorted sorted) throws IOException {
    Directories.create(archive);
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

  /** The second step: replaces the file by its open lines, or deletes it if there are none. */
  void removeSolved(Sorted sorted) throws IOException {
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

  /** Creates a file that is synced to disk when it is closed. */
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
