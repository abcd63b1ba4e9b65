package org.irisgraph.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.irisgraph.document.format.BrokenInput;
import org.irisgraph.document.format.Collected;
import org.junit.jupiter.api.Test;

class DecompressionTest {

  @Test
  void knowsGzipByItsFirstBytes() throws IOException {
    assertThat(read("a.txt", Collected.gzip("text")), is("text"));
  }

  @Test
  void leavesOtherContentAsItIs() throws IOException {
    assertThat(read("a.txt", "text".getBytes(UTF_8)), is("text"));
    assertThat(read("a.txt", new byte[0]), is(""));
    assertThat(read("a.txt", new byte[] {'x'}), is("x"));
  }

  @Test
  void readsEveryMemberOfAConcatenatedFile() throws IOException {
    byte[] both = join(Collected.gzip("one\n"), Collected.gzip("two\n"));
    assertThat(read("a.gz", both), is("one\ntwo\n"));
    assertThat(readWithoutAvailable(both), is("one\ntwo\n"));
  }

  @Test
  void refusesWhatIsOnlyNamedGzip() {
    assertThat(reasonFor("text".getBytes(UTF_8)), is(ReadFailure.BAD_GZIP));
    assertThat(reasonFor(new byte[0]), is(ReadFailure.BAD_GZIP));
  }

  @Test
  void saysThatAFileIsTruncated() {
    byte[] gzip = Collected.gzip("text that goes on for a while");
    for (int length = 2; length < gzip.length; length++) {
      assertThat(
          "of " + length + " bytes",
          reasonFor(Arrays.copyOf(gzip, length)),
          is(ReadFailure.TRUNCATED));
    }
  }

  @Test
  void deliversWhatStandsBeforeATooEarlyEnd() throws IOException {
    // Random text, since what compresses well ends in one piece.
    String text =
        new Random(1).ints(20_000, 'a', 'z').mapToObj(Character::toString).collect(joining());
    byte[] gzip = Collected.gzip(text);
    InputStream in =
        Decompression.decompress(
            "a.gz", new ByteArrayInputStream(Arrays.copyOf(gzip, gzip.length / 2)));
    byte[] buffer = new byte[text.length()];

    int read = in.read(buffer, 0, buffer.length);

    assertThat(read, greaterThan(text.length() / 3));
    assertThat(new String(buffer, 0, read, UTF_8), is(text.substring(0, read)));
    assertThrows(ReadException.class, () -> in.read(buffer, 0, buffer.length));
  }

  @Test
  void saysThatAFileIsDamaged() {
    byte[] gzip = Collected.gzip("text that goes on for a while");
    gzip[gzip.length - 6] ^= 1;
    assertThat(reasonFor(gzip), is(ReadFailure.BAD_GZIP));
  }

  @Test
  void saysThatSomethingElseFollows() {
    byte[] followed = join(Collected.gzip("one"), "garbage".getBytes(UTF_8));
    assertThat(reasonFor(followed), is(ReadFailure.BAD_GZIP));
  }

  @Test
  void passesOnTheFailureOfTheStorage() {
    byte[] beginning = Arrays.copyOf(Collected.gzip("text"), 12);
    InputStream broken = new BrokenInput(beginning, new IOException("disk gone"));
    IOException e =
        assertThrows(
            IOException.class, () -> Decompression.decompress("a.gz", broken).readAllBytes());
    assertThat(e.getMessage(), is("disk gone"));
  }

  @Test
  void dropsTheEndingOfThePath() {
    assertThat(Decompression.withoutEnding("a/b.jsonl.gz"), is("a/b.jsonl"));
    assertThat(Decompression.withoutEnding("a/b.jsonl"), is("a/b.jsonl"));
  }

  private static ReadFailure reasonFor(byte[] content) {
    return assertThrows(ReadException.class, () -> read("a.gz", content)).reason();
  }

  private static String read(String name, byte[] content) throws IOException {
    try (InputStream in = Decompression.decompress(name, new ByteArrayInputStream(content))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String readWithoutAvailable(byte[] content) throws IOException {
    InputStream network =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(1, length));
          }
        };
    return new String(Decompression.decompress("a.gz", network).readAllBytes(), UTF_8);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
