package org.irisgraph.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.options.Setting.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  @TempDir private Path directory;

  @Test
  void keepsTheTextOfAValueAndItsPlace() throws Exception {
    Path file = file("# of a corpus\npipeline: 007\nbatchRows: 1_000\n");

    assertThat(
        SettingsFile.read(file).settings(),
        contains(
            new Setting("pipeline", Shape.SCALAR, List.of("007"), file + ":2"),
            new Setting("batchRows", Shape.SCALAR, List.of("1_000"), file + ":3")));
  }

  @Test
  void readsListsMapsAndEmptyValues() throws Exception {
    Path file = file("input: [a, 'b,c']\nopenTelemetryProperties: {a: b}\nschema:\njobName: ''\n");

    assertThat(
        SettingsFile.read(file).settings(),
        contains(
            new Setting("input", Shape.LIST, List.of("a", "b,c"), file + ":1"),
            new Setting(
                "openTelemetryProperties", Shape.MAP, List.of("{\"a\":\"b\"}"), file + ":2"),
            new Setting("schema", Shape.EMPTY, List.of(), file + ":3"),
            new Setting("jobName", Shape.EMPTY, List.of(), file + ":4")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment\n", "---\n", "{}\n"})
  void hasNoSettingsIfItIsEmpty(String content) throws Exception {
    assertThat(SettingsFile.read(file(content)).settings(), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- a | :1: expected lines of option: value",
        "index | :1: expected lines of option: value",
        "a: 1\\na: 2 | :2: broken YAML: Duplicate field 'a'",
        "a: 1\\nb: [1,\\n2 | :2: broken YAML: expected ',' or ']', but got <stream end>",
        "a: 1\\nb: c: d | :2: broken YAML: mapping values are not allowed here",
        "a: 1\\nb\\nc: 2 | :2: broken YAML: could not find expected ':'",
        "a: *.xml | :1: broken YAML: unexpected character found .(46);"
            + " quote a text that begins with a special character",
        "a: *xml | :1: a: quote a text that begins with *; YAML aliases are not read",
        "a: [1, ] ]: 2 | :1: broken YAML: expected <block end>, but found ']'",
        "a: [[1]] | :1: a: a list has texts or numbers",
        "a: 1\\n---\\nb: 2 | :3: only one YAML document is read",
      })
  void saysInOneLineWhatIsWrongAndWhere(String content, String problem) throws Exception {
    Path file = file(content.replace("\\n", "\n"));

    assertThat(problemOf(file), is(file + problem));
  }

  @Test
  void namesAFileThatDoesNotExist() {
    Path file = directory.resolve("absent.yaml");

    assertThat(problemOf(file), is("settings file " + file + " does not exist"));
  }

  @Test
  void namesAFileThatIsNotUtf8() throws Exception {
    Path file = directory.resolve("latin.yaml");
    Files.write(file, "pipeline: Märchen".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problemOf(file), is("settings file " + file + " is not UTF-8"));
  }

  @ParameterizedTest
  @CsvSource({
    "pipelines/quickstart.yaml,quickstart",
    "a/b.c.yml,b.c",
    "plain,plain",
    ".hidden,.hidden"
  })
  void isCalledByItsNameWithoutEnding(String path, String name) {
    assertThat(new SettingsFile(Path.of(path), List.of()).baseName(), is(name));
  }

  private Path file(String content) throws Exception {
    return Files.writeString(directory.resolve("settings.yaml"), content);
  }

  private static String problemOf(Path file) {
    return assertThrows(UsageException.class, () -> SettingsFile.read(file)).getMessage();
  }
}
