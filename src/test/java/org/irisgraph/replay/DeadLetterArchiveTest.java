package org.irisgraph.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.replay.DeadLetterLines.Line;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterArchiveTest {

  @TempDir private Path directory;
  private Path file;
  private Path archived;
  private DeadLetterArchive archive;

  @BeforeEach
  void writeLetters() throws Exception {
    file = Files.writeString(directory.resolve("r1.jsonl"), letter(1) + letter(2) + letter(3));
    archived = directory.resolve("archive/r1.jsonl");
    archive = new DeadLetterArchive(directory);
  }

  private static String letter(int position) {
    return "{\"documentId\":null,\"source\":\"/a.jsonl\",\"position\":%d,\"stage\":\"read\"}\n"
        .formatted(position);
  }

  private static List<Boolean> odd(List<Line> lines) {
    return lines.stream()
        .map(line -> !line.isBroken() && line.letter().position() % 2 == 1)
        .toList();
  }

  private List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> "" + path.getFileName()).sorted().toList();
    }
  }

  @Test
  void movesWhatIsSolvedIntoTheArchive() throws Exception {
    archive.<RuntimeException>settle(file, DeadLetterArchiveTest::odd);

    assertThat(Files.readString(file), is(letter(2)));
    assertThat(Files.readString(archived), is(letter(1) + letter(3)));
    assertThat(names(directory), contains("archive", "r1.jsonl"));
    assertThat(names(directory.resolve("archive")), contains(".lock", "r1.jsonl"));
  }

  @Test
  void addsToWhatTheArchiveHas() throws Exception {
    archive.<RuntimeException>settle(file, DeadLetterArchiveTest::odd);
    archive.<RuntimeException>settle(file, lines -> List.of(true));

    assertThat(Files.readString(archived), is(letter(1) + letter(3) + letter(2)));
    assertThat(Files.exists(file), is(false));
    assertThat(archive.files(), is(empty()));
  }

  @Test
  void touchesNothingIfNothingIsSolved() throws Exception {
    archive.<RuntimeException>settle(file, lines -> lines.stream().map(line -> false).toList());

    assertThat(names(directory), contains("r1.jsonl"));
    assertThat(Files.readString(file), is(letter(1) + letter(2) + letter(3)));
  }

  @Test
  void losesNothingWhenItIsKilledBetweenItsSteps() throws Exception {
    Path solved = directory.resolve(".solved");
    Path open = directory.resolve(".open");
    DeadLetterArchive killed = new DeadLetterArchive(directory);

    DeadLetterArchive.Sorted sorted =
        killed.<RuntimeException>sort(file, solved, open, DeadLetterArchiveTest::odd);
    assertThat(Files.readString(file), is(letter(1) + letter(2) + letter(3)));
    assertThat(Files.exists(archived), is(false));

    killed.addToArchive(sorted);
    assertThat(Files.readString(file), is(letter(1) + letter(2) + letter(3)));
    assertThat(Files.readString(archived), is(letter(1) + letter(3)));

    archive.<RuntimeException>settle(file, DeadLetterArchiveTest::odd);
    assertThat(Files.readString(file), is(letter(2)));
    assertThat(Files.readString(archived), is(letter(1) + letter(3)));
  }

  @Test
  void leavesAllAsItWasIfTheJudgeFails() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            archive.<RuntimeException>settle(
                file,
                lines -> {
                  throw new IllegalStateException("the database is away");
                }));

    assertThat(names(directory), contains("r1.jsonl"));
  }

  @Test
  void leavesBrokenLinesAsTheyAre() throws Exception {
    byte[] bytes = (letter(1) + "{broken\n{\"position\":1}\n\n" + letter(3)).getBytes(UTF_8);
    bytes[bytes.length - letter(3).length() - 3] = (byte) 0xff;
    Files.write(file, bytes);
    List<String> problems = new ArrayList<>();

    archive.<RuntimeException>settle(
        file,
        lines -> {
          for (Line line : lines) {
            if (line.isBroken()) {
              problems.add("" + line.number());
            }
          }
          return odd(lines);
        });

    assertThat(problems, contains("2", "3"));
    byte[] left = Files.readAllBytes(file);
    assertThat(left.length, is(8 + 15));
    assertThat(left[left.length - 2], is((byte) 0xff));
  }

  @Test
  void readsManyLettersInSmallGroups() throws Exception {
    int many = 20_000;
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 1; i <= many; i++) {
        writer.write(letter(i));
      }
    }
    List<Integer> sizes = new ArrayList<>();

    archive.<RuntimeException>settle(
        file,
        lines -> {
          sizes.add(lines.size());
          return odd(lines);
        });

    assertThat(sizes, everyItem(lessThanOrEqualTo(DeadLetterLines.GROUP_LINES)));
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum(), is(many));
    assertThat(Files.readAllLines(file), hasSize(many / 2));
    assertThat(Files.readAllLines(archived), hasSize(many / 2));
    assertThat(Files.readAllLines(file).get(0), not(is(Files.readAllLines(archived).get(0))));
  }
}
