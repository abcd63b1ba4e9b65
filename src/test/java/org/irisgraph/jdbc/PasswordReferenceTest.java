package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordReferenceTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("IRIS_PASSWORD", "s3cret");

  @TempDir private Path directory;

  @Test
  void readsTheVariable() {
    assertThat(PasswordReference.of("env:IRIS_PASSWORD").resolve(ENVIRONMENT::get), is("s3cret"));
  }

  @Test
  void namesTheVariableThatIsNotSet() {
    PasswordReference reference = PasswordReference.of("env:NOT_SET");

    Exception thrown =
        assertThrows(IllegalStateException.class, () -> reference.resolve(ENVIRONMENT::get));

    assertThat(thrown.getMessage(), is("environment variable NOT_SET is not set"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n"})
  void readsTheFileWithoutItsLastLineBreak(String content) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), content);

    assertThat(PasswordReference.of("file:" + file).resolve(), is("s3cret"));
  }

  @Test
  void keepsWhiteSpaceThatBelongsToThePassword() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), " s3 cret \n\n");

    assertThat(PasswordReference.of("file:" + file).resolve(), is(" s3 cret \n"));
  }

  @Test
  void namesTheFileThatDoesNotExist() {
    Path file = directory.resolve("absent");
    PasswordReference reference = PasswordReference.of("file:" + file);

    Exception thrown = assertThrows(IllegalStateException.class, reference::resolve);

    assertThat(thrown.getMessage(), is("secret file " + file + " does not exist"));
  }

  @Test
  void isEmptyWithoutAReference() {
    assertThat(PasswordReference.of(null).resolve(), is(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "", "env:", "file:", "ENV:NAME"})
  void refusesWhatIsNoReferenceWithoutRepeatingIt(String text) {
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> PasswordReference.of(text));

    assertThat(thrown.getMessage(), is("a password is given as env:NAME or file:PATH"));
  }

  @Test
  void showsTheReferenceOnly() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "s3cret");
    PasswordReference reference = PasswordReference.of("file:" + file);
    reference.resolve();

    assertThat(reference.toString(), equalTo("file:" + file));
  }

  @Test
  void travelsWithoutThePassword() throws Exception {
    PasswordReference reference = PasswordReference.of("env:IRIS_PASSWORD");
    reference.resolve(ENVIRONMENT::get);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(reference);
    }

    Object travelled =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(bytes.toString("ISO-8859-1"), not(containsString("s3cret")));
    assertThat(travelled.toString(), is("env:IRIS_PASSWORD"));
  }
}
