package org.irisgraph.onnx;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {

  /** Prints the tokens of a word. */
  static final class Loading {
    public static void main(String[] arguments) throws Exception {
      try (InputStream json =
              Loading.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json");
          Tokenizer tokenizer = Tokenizer.read(json.readAllBytes())) {
        System.out.println(
            List.of(
                tokenizer.before()[0], tokenizer.tokens("aspirin").ids()[0], tokenizer.after()[0]));
      }
    }
  }

  @Test
  @Tag("slow")
  void unpacksItsLibraryIntoTheTemporaryDirectoryAndLeavesNothing(@TempDir Path directory)
      throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS), is(true));
    List<String> lines = Files.readAllLines(out);
    assertThat(lines.toString(), lines.get(lines.size() - 1), is("[101, 2004, 102]"));
    for (Path used : List.of(home, temporary)) {
      try (Stream<Path> left = Files.walk(used)) {
        assertThat(left.filter(Files::isRegularFile).toList(), is(List.of()));
      }
    }
  }
}
